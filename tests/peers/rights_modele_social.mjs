/**
 * modele-social (Urssaf) as a worker for partial activity: cases in JSON on the standard input, results in
 * JSON on the output.
 *
 *     CAE_PEERS_NODE_HOME=folder-of-node_modules node rights_modele_social.mjs < cases.json
 *
 * Nothing of the rules is copied here, only their names. Amounts are the engine's own, unrounded.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const HOME = process.env.CAE_PEERS_NODE_HOME ?? process.cwd()
const RELEASES = [['2026-01', 'ms-11.1.0'], ['2025-01', 'ms-10.0.0'], ['2024-01', 'ms-8.0.0']]
const P = 'salarié . activité partielle'
const OUT = {
  indemnity: `${P} . indemnités . légale`,
  base: `${P} . indemnités . légale . base`,
  allowance: `${P} . indemnisation entreprise`,
}

async function load(alias) {
  const folder = path.join(HOME, 'node_modules', alias)
  const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const loaded = await import(pathToFileURL(path.join(folder, about.module ?? about.main ?? 'dist/index.js')).href)
  return { value: loaded.default?.default ?? loaded.default, version: about.version }
}

const engines = new Map()

async function engineOf(month) {
  const [, alias] = RELEASES.find(([first]) => month >= first)
  if (!engines.has(alias)) {
    const [{ value: Engine }, rules] = await Promise.all([load('pc-1103'), load(alias)])
    engines.set(alias, { engine: new Engine(rules.value, { logger: { log() {}, warn() {}, error: console.error } }), version: rules.version })
  }
  return engines.get(alias)
}

const results = []
for (const { month, gross, worked } of JSON.parse(readFileSync(0, 'utf8'))) {
  const { engine } = await engineOf(month)
  const [year, number] = month.split('-')
  engine.setSituation({
    date: `01/${number}/${year}`,
    salarié: 'oui',
    'salarié . contrat': "'CDI'",
    'salarié . contrat . salaire brut': `${gross} €/mois`,
    [P]: 'oui',
    [`${P} . heures travaillées`]: `${worked} heures/mois`,
  })
  results.push(Object.fromEntries(Object.entries(OUT).map(([name, rule]) => [name, engine.evaluate(rule).nodeValue])))
}
const versions = [...engines.values()].map(({ version }) => version)
process.stdout.write(JSON.stringify({ engine: `modele-social ${versions.join(', ')}`, results }))
