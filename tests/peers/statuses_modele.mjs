/**
 * modele-social (micro-enterprise) and modele-ti (individual enterprise) as a worker: cases in JSON on the standard
 * input, figures in JSON on the output.
 *
 *     CAE_PEERS_NODE_HOME=folder-of-node_modules CAE_PEERS_MODELE_TI=rules.json node statuses_modele.mjs < cases.json
 *
 * modele-ti is not published: its rules are those of the folders modele-ti and modele-commun of the repository
 * betagouv/mon-entreprise, put together as one JSON object. Nothing of the rules is copied here, only their names.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const HOME = process.env.CAE_PEERS_NODE_HOME ?? process.cwd()
const QUIET = { logger: { log() {}, warn() {}, error() {} } }
const AE = 'dirigeant . auto-entrepreneur'
const TI = 'indépendant . cotisations et contributions'
const ACTIVITIES = {
  sales: { 'entreprise . activité . nature': "'commerciale'", 'entreprise . activités . service ou vente': "'vente'" },
  services: { 'entreprise . activité . nature': "'commerciale'", 'entreprise . activités . service ou vente': "'service'" },
  liberal: { 'entreprise . activité . nature': "'libérale'", 'entreprise . activité . nature . libérale . réglementée': 'non' },
}
const OUT = {
  micro: {
    contributions: [`${AE} . cotisations et contributions . cotisations`, '€/mois'],
    everything: [`${AE} . cotisations et contributions`, '€/mois'],
    quarters: ['protection sociale . retraite . trimestres', null],
    sickness: ['protection sociale . maladie . arrêt maladie', '€/jour'],
  },
  sole_trader: {
    sickness: [`${TI} . cotisations . maladie-maternité`, '€/an'],
    daily_benefits: [`${TI} . cotisations . indemnités journalières`, '€/an'],
    family: [`${TI} . cotisations . allocations familiales`, '€/an'],
    base_pension: [`${TI} . cotisations . retraite de base`, '€/an'],
    points: [`${TI} . cotisations . retraite complémentaire`, '€/an'],
    invalidity: [`${TI} . cotisations . invalidité et décès`, '€/an'],
    csg: [`${TI} . CSG-CRDS`, '€/an'],
    training: [`${TI} . formation professionnelle`, '€/an'],
  },
}

async function load(alias) {
  const folder = path.join(HOME, 'node_modules', alias)
  const about = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const loaded = await import(pathToFileURL(path.join(folder, about.module ?? about.main ?? 'dist/index.js')).href)
  return loaded.default?.default ?? loaded.default
}

const Engine = await load('pc-1103')
const engines = { micro: new Engine(await load('ms-11.1.0'), QUIET) }
if (process.env.CAE_PEERS_MODELE_TI) {
  engines.sole_trader = new Engine(JSON.parse(readFileSync(process.env.CAE_PEERS_MODELE_TI, 'utf8')), QUIET)
}

function situation({ kind, day, turnover, expenses, activity, acre }) {
  const date = day.split('-').reverse().join('/')
  if (kind === 'micro') {
    return {
      date,
      'entreprise . catégorie juridique': "'EI'",
      'entreprise . catégorie juridique . EI . auto-entrepreneur': 'oui',
      [`${AE} . chiffre d'affaires`]: `${turnover} €/an`,
      'entreprise . date de création': '01/01/2015',
      ...ACTIVITIES[activity],
    }
  }
  return {
    date,
    'entreprise . imposition': "'IR'",
    "entreprise . chiffre d'affaires": `${turnover} €/an`,
    'entreprise . charges': `${expenses} €/an`,
    'entreprise . date de création': acre ? `01/01/${day.slice(0, 4)}` : '01/01/2015',
    ...(acre ? { [`${TI} . cotisations . exonérations . Acre`]: 'oui' } : {}),
  }
}

const results = []
for (const asked of JSON.parse(readFileSync(0, 'utf8'))) {
  const engine = engines[asked.kind]
  if (!engine) {
    results.push(null)
    continue
  }
  engine.setSituation(situation(asked))
  const found = {}
  for (const [name, [rule, unit]] of Object.entries(OUT[asked.kind])) {
    found[name] = engine.evaluate(unit ? { valeur: rule, unité: unit } : rule).nodeValue
  }
  results.push(found)
}
process.stdout.write(JSON.stringify(results))
