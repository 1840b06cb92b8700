/**
 * modele-social (Urssaf) on publicodes as a worker: cases in JSON on the standard input, payslips in JSON
 * on the output.
 *
 *     CAE_PEERS_NODE_HOME=folder-of-node_modules node modele_social_adapter.mjs < cases.json
 *
 * A release only knows the law of about its own date, so each case runs on the release of its year; 8.0.0 still
 * knows the years before it but for what reasons.py says.
 * Nothing of the rules is copied here, only their names. Amounts are the engine's own, unrounded.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const HOME = process.env.CAE_PEERS_NODE_HOME ?? process.cwd()
/** First month → alias of the release in package.json, newest first. */
const RELEASES = [
  ['2026-01', 'ms-11.1.0'],
  ['2025-01', 'ms-10.0.0'],
  ['2020-01', 'ms-8.0.0'],
]
const PUBLICODES = 'pc-1103'
const FULL_TIME = 151.67

const C = 'salarié . cotisations . '
/** line → [rules of the employee share, rules of the employer share] */
const LINES = {
  health: [[C + 'maladie . salarié'], [C + 'maladie . employeur']],
  health_cover: [[C + 'prévoyances . santé . salarié'], [C + 'prévoyances . santé . employeur']],
  provident_executive: [[], [C + 'prévoyances . employeur . cadres']],
  workplace_accident: [[], [C + 'ATMP']],
  old_age_capped: [[C + 'vieillesse . salarié . plafonnée'], [C + 'vieillesse . employeur . plafonnée']],
  old_age_uncapped: [[C + 'vieillesse . salarié . déplafonnée'], [C + 'vieillesse . employeur . déplafonnée']],
  agirc_arrco: [[C + 'retraite complémentaire . salarié'], [C + 'retraite complémentaire . employeur']],
  ceg: [[C + 'CEG . salarié'], [C + 'CEG . employeur']],
  cet: [[C + 'CET . salarié'], [C + 'CET . employeur']],
  family: [[], [C + 'allocations familiales']],
  unemployment: [[], [C + 'chômage']],
  ags: [[], [C + 'AGS']],
  apec: [[C + 'APEC . salarié'], [C + 'APEC . employeur']],
  solidarity_autonomy: [[], [C + 'CSA']],
  fnal: [[], [C + 'FNAL']],
  mobility: [[], [C + 'versement mobilité']],
  social_dialogue: [[], [C + 'contribution au dialogue social']],
  training: [[], [C + 'formation professionnelle']],
  apprenticeship: [[], [C + "taxe d'apprentissage"]],
  construction: [[], [C + 'PEEC']],
  forfait_social: [[], [C + 'forfait social']],
  csg_deductible: [[C + 'CSG-CRDS . CSG . déductible'], []],
  csg_crds_non_deductible: [[C + 'CSG-CRDS . CSG . non déductible', C + 'CSG-CRDS . CRDS'], []],
  payroll_tax: [[], ['salarié . régimes spécifiques . taxe sur les salaires']],
}
/** The reduction has two names: until 2025, then from 2026. */
const REDUCTIONS = [C + 'exonérations . RGDU', C + 'exonérations . réduction générale']
const TOTALS = {
  employee_contributions: 'salarié . cotisations . salarié',
  employer_contributions: 'salarié . cotisations . employeur',
  reductions: 'salarié . cotisations . exonérations',
  employer_cost: 'salarié . coût total employeur',
  net_before_tax: 'salarié . rémunération . net . à payer avant impôt',
  net_social_amount: 'salarié . rémunération . montant net social',
  taxable_net: 'salarié . rémunération . net . imposable',
  net_paid: 'salarié . rémunération . net . payé après impôt',
}

async function load(alias) {
  const folder = path.join(HOME, 'node_modules', alias)
  const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const entry = path.join(folder, about.module ?? about.main ?? 'dist/index.js')
  const loaded = await import(pathToFileURL(entry).href)
  return { value: loaded.default?.default ?? loaded.default, version: about.version }
}

const engines = new Map()

async function engineOf(month) {
  const release = RELEASES.find(([first]) => month >= first)
  if (!release) throw new Error(`no release for ${month}`)
  const [, alias] = release
  if (!engines.has(alias)) {
    const [{ value: Engine }, rules] = await Promise.all([load(PUBLICODES), load(alias)])
    const engine = new Engine(rules.value, { logger: { log() {}, warn() {}, error: console.error } })
    engines.set(alias, { engine, version: rules.version, names: new Set(Object.keys(engine.getParsedRules())) })
  }
  return engines.get(alias)
}

const euros = (amount) => `${amount} €/mois`
const percent = (fraction) => `${Number((fraction * 100).toFixed(8))}%`
const yesNo = (flag) => (flag ? 'oui' : 'non')

function situationOf(facts) {
  const [year, month] = facts.month.split('-')
  const cover = facts.cover_employee + facts.cover_employer
  const partTime = 'salarié . contrat . temps de travail . temps partiel'
  const situation = {
    date: `01/${month}/${year}`,
    salarié: 'oui',
    dirigeant: 'non', // else the tax is computed on the pay of a director, which is nothing
    'salarié . contrat': "'CDI'",
    'salarié . contrat . salaire brut': euros(facts.gross),
    'salarié . contrat . statut cadre': yesNo(facts.executive),
    'entreprise . salariés . effectif': String(facts.headcount),
    'entreprise . salariés . ratio alternants': '0%',
    'établissement . commune . département': "'Rhône'",
    'établissement . commune . taux versement mobilité': percent(facts.mobility_rate),
    'établissement . taux ATMP': percent(facts.accident_rate),
    [C + 'prévoyances . santé . montant']: euros(cover),
    [C + 'prévoyances . santé . taux employeur']: percent(facts.cover_employer / cover),
    [partTime]: yesNo(facts.hours !== null),
    'impôt . méthode de calcul': "'taux neutre'",
  }
  if (facts.hours !== null) situation[partTime + ' . heures par semaine'] = `${(facts.hours * 12) / 52} heures/semaine`
  return situation
}

function payslip({ engine, names }, facts) {
  const situation = Object.entries(situationOf(facts)).filter(([name]) => names.has(name))
  engine.setSituation(Object.fromEntries(situation))
  const amount = (name) => {
    if (!names.has(name)) return 0
    const node = engine.evaluate(name)
    if (typeof node.nodeValue !== 'number') return 0
    const yearly = node.unit?.denominators?.some((unit) => unit === 'an')
    return yearly ? node.nodeValue / 12 : node.nodeValue
  }
  const sum = (rules) => rules.reduce((total, name) => total + amount(name), 0)
  const lines = Object.fromEntries(Object.entries(LINES).map(([line, [left, right]]) => [line, [sum(left), sum(right)]]))
  const reduction = amount(REDUCTIONS.find((name) => names.has(name)))
  lines.general_reduction = [0, reduction ? -reduction : 0]
  const totals = Object.fromEntries(Object.entries(TOTALS).map(([total, name]) => [total, amount(name)]))
  totals.employer_contributions += totals.reductions // the rule is net of them
  totals.withholding_rate = amount("impôt . taux neutre d'impôt sur le revenu") / 100
  return { lines, totals }
}

const results = []
for (const facts of JSON.parse(readFileSync(0, 'utf8'))) results.push(payslip(await engineOf(facts.month), facts))
const versions = [...engines.values()].map(({ version }) => version)
process.stdout.write(JSON.stringify({ engine: `modele-social ${versions.join(', ')}`, results }))
