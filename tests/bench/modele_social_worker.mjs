/**
 * modele-social timing itself: one request in JSON a line on the standard input, one answer a line.
 * `{"task": "net", "gross": […]}` answers the seconds of each net pay, `{"task": "cost", "cost": […]}` those of
 * each gross pay found from a cost. With the argument `once`, computes one
 * net pay in a fresh process and ends.
 *
 *     CAE_PEERS_NODE_HOME=folder-of-node_modules node modele_social_worker.mjs [once]
 */
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'

const HOME = process.env.CAE_PEERS_NODE_HOME ?? process.cwd()
const load = (alias) => import(pathToFileURL(path.join(HOME, 'node_modules', alias, 'dist', 'index.js')).href)

const [{ default: Engine }, { default: rules }] = await Promise.all([load('pc-1103'), load('ms-11.1.0')])
const engine = new Engine(rules, { logger: { log() {}, warn() {}, error: console.error } })

function net(gross) {
  engine.setSituation({
    'salarié . contrat . statut cadre': 'oui',
    'salarié . contrat . salaire brut': `${gross} €/mois`,
  })
  return engine.evaluate('salarié . rémunération . net . à payer avant impôt').nodeValue
}

function gross(cost) {
  engine.setSituation({
    'salarié . contrat . statut cadre': 'oui',
    'salarié . coût total employeur': `${cost} €/mois`,
  })
  return engine.evaluate('salarié . contrat . salaire brut').nodeValue
}

function timed(compute, amount) {
  const start = performance.now()
  compute(amount)
  return (performance.now() - start) / 1000
}

net(2500)
if (process.argv[2] !== 'once') {
  for (let gross = 2000; gross < 2020; gross++) net(gross)
  console.log(JSON.stringify({ ready: true }))
  for await (const line of createInterface({ input: process.stdin })) {
    const request = JSON.parse(line)
    const [compute, amounts] = request.task === 'cost' ? [gross, request.cost] : [net, request.gross]
    console.log(JSON.stringify({ seconds: amounts.map((amount) => timed(compute, amount)) }))
  }
}
