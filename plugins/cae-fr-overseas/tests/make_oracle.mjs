/**
 * Ask modele-social (Urssaf) 11.1.0 for LODEOM, and write what it answers: tests/oracle.json.
 *
 *     CAE_PEERS_NODE_HOME=folder-of-node_modules node make_oracle.mjs > oracle.json
 *
 * Only names of its rules are here. It knows the law of 2026 alone; amounts are its own, unrounded.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const HOME = process.env.CAE_PEERS_NODE_HOME ?? process.cwd()
const C = 'salarié . cotisations . '
const L = C + 'exonérations . lodeom . '
const PLACES = { 971: 'Guadeloupe', 972: 'Martinique', 973: 'Guyane', 974: 'La Réunion' }
/** scale → [zone, name of the engine, headcounts] */
const SCALES = {
  lodeom_competitiveness: ['un', 'compétitivité', [8, 60]],
  lodeom_reinforced: ['un', 'compétitivité renforcée', [8, 60]],
  lodeom_innovation: ['un', 'innovation et croissance', [8, 60]],
  lodeom_islands_small: ['deux', 'moins de 11 salariés', [8]],
  lodeom_islands_sector: ['deux', 'sectoriel', [60]],
  lodeom_islands_reinforced: ['deux', 'renforcé', [60]],
}
const GROSSES = [1823.04, 2000, 2369.94, 2500, 2733.33, 3100, 3646.07, 3900, 4010.66, 4367, 4500, 4922.18, 5469.1, 6100, 6380.6, 8203.64]
const DATES = ['01/01/2026', '01/06/2026']

async function load(alias) {
  const folder = path.join(HOME, 'node_modules', alias)
  const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const loaded = await import(pathToFileURL(path.join(folder, about.module ?? about.main)).href)
  return loaded.default?.default ?? loaded.default
}

const [Engine, rules] = await Promise.all([load('pc-1103'), load('ms-11.1.0')])
const engine = new Engine(rules, { logger: { log() {}, warn() {}, error: console.error } })

const cases = []
for (const date of DATES)
  for (const [code, [zone, scale, headcounts]] of Object.entries(SCALES))
    for (const headcount of headcounts)
      for (const gross of GROSSES) {
        engine.setSituation({
          date,
          salarié: 'oui',
          dirigeant: 'non',
          'salarié . contrat': "'CDI'",
          'salarié . contrat . salaire brut': `${gross} €/mois`,
          'salarié . contrat . statut cadre': 'non',
          'entreprise . salariés . effectif': String(headcount),
          [C + 'exonérations . zones lodeom']: `'zone ${zone}'`,
          [L + `zone ${zone} . barèmes`]: `'${scale}'`,
        })
        const value = (name) => engine.evaluate(name).nodeValue
        cases.push({
          date: date.split('/').reverse().join('-'),
          scale: code,
          headcount,
          gross: String(gross),
          coefficient: value(L + 'montant . coefficient'),
          amount: value(L + 'montant'),
          maximum: value(C + 'exonérations . T'),
          health: value(C + 'maladie . employeur'),
          family: value(C + 'allocations familiales'),
        })
      }
console.log('[\n' + cases.map((one) => '  ' + JSON.stringify(one)).join(',\n') + '\n]')
