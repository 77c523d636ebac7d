/** What an attacker tries to inject. */
export type Attack =
  | 'SQL injection'
  | 'command injection'
  | 'path traversal'
  | 'cross-site scripting'
  | 'template injection'
  | 'JNDI lookup'
  | 'XML entity';

interface Pattern {
  readonly attack: Attack;
  readonly pattern: RegExp;
}

const SPACE = String.raw`(?:\s|\/\*[^*]{0,40}\*\/|\+){1,8}`;
/** What closes the text around it: a number, a quote, a bracket. */
const CLOSED = String.raw`(?:^-?\d{1,9}|['"\x60)])\s{0,8}\)?`;
const OR = String.raw`(?:or|and|xor|\|\||&&)`;
/** 1=1, 'a'='a, ''=', 2>1: what compares a value with itself, or two that are shorter than a word. */
const TAUTOLOGY = String.raw`(?:not${SPACE})?\(?(?:\d{1,9}\s{0,4}(?:=|<>|!=|<|>|like|between)\s{0,4}\d{1,9}|'[^']{0,2}'\s{0,4}(?:=|<>|like)\s{0,4}'[^']{0,2}(?:'|$)|'([^']{3,20})'\s{0,4}(?:=|like)\s{0,4}'\1(?:'|$)|"[^"]{0,2}"\s{0,4}(?:=|<>|like)\s{0,4}"[^"]{0,2}(?:"|$)|"([^"]{3,20})"\s{0,4}(?:=|like)\s{0,4}"\2(?:"|$)|true\s{0,4}(?:--|#|\/\*))`;
const SHELL = String.raw`(?:\/(?:usr\/)?bin\/)?`;
const COMMANDS =
  '(?:cat|ls|id|whoami|uname|curl|wget|nc|ncat|bash|sh|ping|sleep|python3?|perl|powershell|nslookup|rm|chmod|ifconfig)';
/** What such a command is given. */
const ARGUMENT = String.raw`\s{1,4}(?:-\w|\/(?:etc|bin|tmp|dev|var|proc)\b|https?:\/\/|\d{1,3}(?:\.\d{1,3}|\s{0,4}$)|\w{1,20}\.(?:sh|py|exe)\b)`;

/**
 * After OWASP's core rule set (CRS 4, paranoia level 1): each needs what ordinary text does not have.
 * Every quantifier is bounded, so the time is linear.
 */
const PATTERNS: readonly Pattern[] = [
  // What closes a value, then a tautology, a union or a second statement.
  {
    attack: 'SQL injection',
    pattern: new RegExp(`${CLOSED}${SPACE}?${OR}${SPACE}?${TAUTOLOGY}`, 'i'),
  },
  {
    attack: 'SQL injection',
    pattern: new RegExp(
      `${CLOSED}${SPACE}union${SPACE}(?:all${SPACE}|distinct${SPACE})?\\(?select\\b`,
      'i',
    ),
  },
  {
    attack: 'SQL injection',
    pattern:
      /(?:^\d{1,9}|['"`)])\s{0,8}\)?;\s{0,8}(?:drop\s{1,8}(?:table|database|schema|user)|delete\s{1,8}from|update\s{1,8}\w{1,64}\s{1,8}set|insert\s{1,8}into|alter\s{1,8}table|truncate\s{1,8}table|exec(?:ute)?[\s(]|shutdown\b|select\s{1,8}(?:pg_sleep|sleep|@@)|waitfor\s{1,8}delay|declare\s{1,8}@)/i,
  },
  {
    attack: 'SQL injection',
    pattern:
      /(?:^\d{1,9}|['"`)])\s{0,8}\)?[\s+]{0,8}(?:and|or|\|\||,|;)?[\s+(]{0,8}(?:select[\s+(]{1,8})?(?:sleep|pg_sleep|benchmark|extractvalue|updatexml|dbms_pipe\.receive_message|xp_cmdshell|load_file|utl_http\.request)\s{0,4}\(/i,
  },
  { attack: 'SQL injection', pattern: /\bwaitfor\s{1,8}delay\s{1,8}'\d/i },
  {
    attack: 'SQL injection',
    pattern:
      /^[^'"`]{0,200}['"`]\s{0,8}\)?\s{0,8}(?:--\s{0,8}$|--\s{1,8}-|;--|#\s{0,4}$|\/\*\s{0,4}$)/,
  },
  {
    attack: 'SQL injection',
    pattern:
      /\b(?:from|join)\s{1,8}information_schema\.|\bselect\b.{1,80}\bfrom\s{1,8}(?:mysql\.user|pg_shadow|sysobjects|sqlite_master)\b/i,
  },
  // A shell's separator, then a command with an argument that it would have.
  {
    attack: 'command injection',
    pattern: new RegExp(
      String.raw`(?:[;|\n]|&&)\s{0,4}${SHELL}(?:${COMMANDS}${ARGUMENT}|(?:whoami|uname|ifconfig)\s{0,4}(?:$|[;|&#]))`,
      'i',
    ),
  },
  {
    attack: 'command injection',
    pattern: new RegExp(
      String.raw`(?:\$\(|\x60)\s{0,4}${SHELL}(?:${COMMANDS}${ARGUMENT}[^)\x60]{0,200}|(?:whoami|uname|ifconfig)\s{0,4})[)\x60|]`,
      'i',
    ),
  },
  { attack: 'command injection', pattern: /\$\(\s{0,4}(?:id|ls|whoami)\s{0,4}\)/ },
  { attack: 'command injection', pattern: /\(\)\s{0,4}\{\s{0,4}:?;?\s{0,4}\}\s{0,4};/ },
  { attack: 'command injection', pattern: /\/dev\/tcp\/\d{1,3}\.|\$\{IFS\}/ },
  // Out of the folder, and on to a file that only an attacker asks for.
  {
    attack: 'path traversal',
    pattern:
      /(?:\.{2,4}[/\\]{1,3}){1,20}(?:etc[/\\]{1,2}(?:passwd|shadow|hosts|group)|proc[/\\]{1,2}self|windows[/\\]{1,2}|winnt[/\\]{1,2}|boot\.ini|win\.ini|var[/\\]{1,2}log|root[/\\]{1,2}\.|\.ssh[/\\]|\.aws[/\\]|\.env\b|web-inf[/\\])/i,
  },
  {
    attack: 'path traversal',
    pattern: /^(?:file:\/{2,3})?\/(?:etc\/(?:passwd|shadow)|proc\/self\/environ)(?:\0|%00|$)/i,
  },
  {
    attack: 'path traversal',
    pattern:
      /(?:(?:\.\.|%2e%2e|\.%2e|%2e\.|%c0%ae%c0%ae)(?:%2f|%5c|%c0%af)){2,20}|%252e%252e%252f/i,
  },
  { attack: 'path traversal', pattern: /^\/?(?:\.\.[/\\]){4}/ },
  // A tag or an attribute that runs a script.
  {
    attack: 'cross-site scripting',
    pattern:
      /<script(?:\s[^>]{0,200})?>[^<]{0,200}(?:alert|prompt|confirm|eval|document\.|fetch|window\.|location|atob|import)\b/i,
  },
  {
    attack: 'cross-site scripting',
    pattern:
      /<script\s{1,8}[^>]{0,80}src\s{0,4}=\s{0,4}["']?(?:https?:)?\/\/[^>\s]{1,200}>\s{0,4}<\/script>\s{0,4}["']?$/i,
  },
  {
    attack: 'cross-site scripting',
    pattern:
      /<(?:img|svg|body|iframe|video|audio|details|input|marquee|object|embed|a|math|isindex|form|style)\b[^>]{0,200}?[\s/"']on(?:error|load|click|mouseover|focus|toggle|begin|start|pageshow|animationstart|input)\s{0,4}=\s{0,4}["']?[^>\s]{0,80}(?:alert|prompt|confirm|eval|document|fetch|location|window|atob)/i,
  },
  {
    attack: 'cross-site scripting',
    pattern:
      /(?:^|["'=(\s])javascript:(?:\s|%0a){0,8}(?:alert|prompt|confirm|eval|document|window|fetch|atob)\s{0,4}[(.[=]/i,
  },
  // An expression that a template engine would work out.
  {
    attack: 'template injection',
    pattern:
      /(?:\{\{|\$\{|#\{|<%=|\*\{)\s{0,8}(?:\d{1,6}\s{0,4}\*\s{0,4}'?\d{1,6}'?|7\s{0,4}\+\s{0,4}7)\s{0,8}(?:\}\}?|%>)/,
  },
  {
    attack: 'template injection',
    pattern:
      /(?:\{\{|\{%|\$\{|#\{|<%|\*\{)[^}%]{0,200}(?:__class__|__mro__|__subclasses__|__globals__|__import__|\bconfig\.items\b|getRuntime\s{0,4}\(|ProcessBuilder|java\.lang\.|freemarker\.template|\b_self\.env\b|\bsystem\s{0,4}\()/i,
  },
  // Log4Shell (CVE-2021-44228), also in its disguises.
  { attack: 'JNDI lookup', pattern: /\$\{\s{0,4}jndi\s{0,4}:/i },
  {
    attack: 'JNDI lookup',
    pattern:
      /\$\{[^{}]{0,40}\$\{\s{0,4}(?:(?:lower|upper):\w{1,8}\}|(?:env:\w{1,20}|sys:\w{1,20}|)::?-\w{1,4}\})/i,
  },
  {
    attack: 'XML entity',
    pattern:
      /<!(?:ENTITY|DOCTYPE)\s[^>]{0,200}\b(?:SYSTEM|PUBLIC)\s{1,8}["'](?:file|php|expect|gopher|ftp|http):/i,
  },
];

/** Marks of which every pattern needs one; most values have none. */
const SUSPICIOUS =
  /['"`)$;|<\n\0]|\.\.|%2e|%c0|%00|\{[{%]|[#*]\{|&&|javascript:|information_schema|^-?\d{1,9}[\s+/]|^(?:file:\/+)?\/(?:etc|proc)|\/dev\/tcp|pg_shadow|mysql\.user|sysobjects|sqlite_master/i;
const MAX_VALUE = 4096;
/** A whole statement is what a query service is asked; nothing breaks out of anything. */
const STATEMENT =
  /^\s{0,16}(?:select|insert|update|delete|with|create|alter|explain|show|merge|call|begin|set)\s/i;

/** The first attack in one value (decoded), as far as it is a known one. Linear in its length. */
export function attackIn(value: string): Attack | undefined {
  const text = value.length > MAX_VALUE ? value.slice(0, MAX_VALUE) : value;
  if (text.length < 4 || !SUSPICIOUS.test(text)) return undefined;
  for (const { attack, pattern } of PATTERNS) {
    if (attack === 'SQL injection' && STATEMENT.test(text)) continue;
    if (pattern.test(text)) return attack;
  }
  return undefined;
}
