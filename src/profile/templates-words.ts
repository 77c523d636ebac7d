/** Words that select or act beside ids: `/users/me` beside `/users/{id}`. Never values without a hint. */
const selectors = list(`
  me self current mine search query find filter lookup suggest autocomplete new all count total stats
  summary latest recent first last next previous active random top popular trending featured
  batch bulk export import upload download preview validate verify check test-connection sync reset
  login logout signin signup signout register authorize token refresh revoke callback webhook webhooks
  health healthz ready readyz live livez status metrics ping version info index whoami list create add edit update
  delete remove enable disable activate deactivate cancel confirm approve reject archive restore
  copy move start stop pause resume retry run execute send publish subscribe unsubscribe
  favicon.ico robots.txt sitemap.xml manifest.json index.html openapi.json swagger.json`);

/** What resources, parts and actions of web APIs are called. */
const vocabulary = list(`
  access account accounting action activity adapter address admin agent agreement alarm album alert alias
  allocation allow analysis analytics announcement answer api apis app application approval apps archive area
  artifact artist article asset assignee assignment attachment attempt attribute audio audit auth
  authentication author authorization authorized auto autoscaling availability available avatar
  back backup badge balance bank banner base billing binding blob block blocker board body bookmark booking
  bot branch brand broadcast browse bucket budget bug build bundle business button buyer cache calendar call
  campaign candidate capability capture card cart catalog category cell certificate chain change channel
  channels chapter charge chart chat checkout checks child children cities city claim class client close
  cloud cluster code codes collaborator collection color column command comment commerce commit committee common
  communication community company compare comparison competition complete completion compliance component
  compute conference config configuration configmap connect connection connector consent console consumer contact
  container content contents context contract contributor control controller conversation conversion copy core
  country coupon course coverage credential credit crypto currency custom customer customization cycle daemonset
  daily dashboard data database dataset date day deal debug decision default definition delivery demo dependency
  deploy deployment description design detail details device diagnostic dialog diff directory discount discover
  discovery discussion disk dispute docs document documentation domain draft drive driver duplicate
  edition education email emails embed emoji employee end endpoint engine entity entry environment error estimate
  evaluation event events exchange expand experience expense experiment explore expiration expire extension external
  facet fact failure family favorite favourite feature fee feed feedback field file files finance fingerprint
  fleet flag flight flow folder follow follower following font forecast fork form format forum forward
  fraud friend front fulfillment function fund gallery game gate gateway general generate genre get gift
  git global goal gradebook grant graph graphql group groups guest guide guild handler hardware hash head header
  help history home hook hotel hour html icon id identity image images inbox incident index indices
  industry ingress initiate input inquiry insight install installation instance institution insurance integration
  interaction interface internal inventory invitation invite invoice issue issues item items job jobs join journal
  json key keys keyword kind label labels language launch layer layout lead league learning leave legal
  lesson level library license licence like limit line link links list listing load loan local locale location
  lock log logs lyric machine mail maintenance manage management manager manifest map market marketing
  marketplace match material me media meeting member members membership membership memory menu merchant
  merge message messages meta metadata method metric migration milestone mirror mobile mode model moderation
  module money monitor month movie movies multi music name namespace navigation network news newsletter node
  note notes notification number oauth object offer offers office on open operation operator opportunity option
  options order orders org organisation organization origin outbox output overview owner pack package page
  pages parameter parent part participant partner party passenger password patch path patient pay payee payer
  payment payout payroll people permission person personal pet pets phone photo photos picture pin pipeline place
  plan platform play player playlist plugin pod point policies policy poll pool popup port portal portfolio
  position post posts power preference premium presence presentation price prices pricing primary printer priority
  privacy private process processor product production products profile profiles program progress project
  promotion promo property proposal protection provider proxy public pull purchase purpose push quality
  quantity quarantine question queue quick quiz quota quote rate rates rating raw reaction read reader
  readme real realm reason receipt receiver recipe recommend recommendation record recovery redirect reference
  referral refund region registration registry related relation relationship release reminder render repair replay
  replica replication reply repo report repository request requests required reservation reserve resolution resolve
  resource response rest result results return review reviews reviewer reward right role roles room rooms root
  rota route router row rule rules runner safe salary sale sales sample sandbox scale scan schedule schema
  school scope score screen script season seat second secret section secure security segment seller seo
  sentiment sequence serie series server service services session sessions set setting settings setup shard share
  shared shelf shift ship shipment shipping shop shops short show shows signal signature simple site sites size
  skill sku slot snapshot snippet social software song sort source space spec speed spend sponsor sport
  sprint stack staff stage standing star stargazer stars state statement station step stock stop storage store
  story stream street string student style subject submission subscriber subscription subscriptions success
  suite supplier supply support survey swap switch symbol system tab table tag tags target task tasks tax taxonomy
  teacher team teams template tenant term terms test tests text theme thread thumbnail ticket tier time timeline
  timer timesheet timezone title to today todo token tool topic topics topup trace track tracking trade traffic train
  transaction transcript transfer transition translation transport trash tree trend trigger trip tweet type
  types unit universe update upgrade upcoming upload uptime url usage use user username users utility value
  variable variant variation vat vehicle vendor version video videos view viewer visibility visit vote voter
  voucher wait wall wallet warehouse warranty watch watcher weather web webhook website week whitelist widget
  widgets wiki window winner wish wishlist word work worker workflow workload workspace world write year zone
  by for from in of is has and or not with my via per at as be can no yes one two top`);

const singularOf = (word: string): string => {
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
};

/** Verbs that head a compound (`findByStatus`, `bulk-delete`), and what selects (`by-email`). */
const verbs = list(
  'get find search query list create add edit update set delete remove upload download import export batch bulk ' +
    'check validate verify enable disable activate cancel confirm send by',
);

/** A word that selects or acts: never a value. */
export function isSelector(word: string): boolean {
  if (selectors.has(word) || /^[_$.-]/.test(word) || /^v\d/.test(word)) return true;
  const [first = '', second] = partsOf(word);
  return second !== undefined && verbs.has(first) && isVocabulary(word);
}

/** Whether every part of the word (camelCase, `-`, `_`, `.`) is known from web APIs. */
export function isVocabulary(word: string): boolean {
  if (/^[A-Z][A-Z0-9_]+$/.test(word) || !/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(word)) return false;
  return partsOf(word).every(isPart);
}

function partsOf(word: string): string[] {
  const dashed = word.slice(0, 64).replace(/([a-z0-9])([A-Z])/g, '$1-$2');
  return dashed.toLowerCase().split(/[-_.]/);
}

/** Whether a word names a collection, so that what follows may be one of its members. */
export function isCollection(word: string): boolean {
  const last = word.toLowerCase().split(/[-_.]/).at(-1) ?? '';
  return (
    last.length > 3 &&
    /(?:[^su]s|people|children|media|data)$/.test(last) &&
    !/(?:is|news)$/.test(last)
  );
}

function isPart(part: string): boolean {
  const one = singularOf(part);
  if (vocabulary.has(part) || vocabulary.has(one) || selectors.has(part) || selectors.has(one))
    return true;
  const stem = part.replace(/(?:ing|ed|er|d)$/, '');
  if (stem.length < 4) return false;
  return (
    vocabulary.has(stem) ||
    vocabulary.has(`${stem}e`) ||
    selectors.has(stem) ||
    selectors.has(`${stem}e`)
  );
}

function list(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
