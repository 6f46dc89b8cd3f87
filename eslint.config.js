/**
 * What tsc can't say about the browser's modules: no way to put a person's words into a page as markup, small functions,
 * and nothing global but what a browser has.
 */
import js from "@eslint/js";
import globals from "globals";

const SINKS = ["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe", "parseHTMLUnsafe", "srcdoc", "createContextualFragment"];
const asText = "Words from people enter a page by textContent only.";

const SYNTAX = [
  { selector: "ImportExpression", message: "Static imports only: each module is listed with its hash." },
  { selector: "ExportDefaultDeclaration", message: "Names, not defaults." },
  { selector: "CallExpression[callee.property.name='setAttribute'][arguments.0.value=/^on/]", message: asText },
];
const RANDOM = {
  selector: "MemberExpression[object.name='Math'][property.name='random']",
  message: "Keys and ids by crypto.randomUUID() and getRandomValues().",
};

export default [
  { ignores: ["browser/vendor/", "node_modules/", "var/", ".venv/", ".clients/", "bench/prototype/"] },
  js.configs.recommended,
  {
    files: ["browser/**/*.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "no-restricted-properties": ["error",
        ...SINKS.map((property) => ({ property, message: asText })),
        { object: "document", property: "write", message: asText },
        { object: "console", property: "log", message: "Nothing of a person goes to the console." },
        { property: "localStorage", message: "Only sessionStorage, and only sealed; see docs/sealing.md." },
      ],
      "no-restricted-syntax": ["error", ...SYNTAX],
      "no-restricted-globals": ["error", "localStorage", "event", "name", "eval"],
      "complexity": ["error", 12],
      "max-depth": ["error", 3],
      "max-lines": ["error", 250],
      "max-lines-per-function": ["error", { max: 40, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 6],
      "eqeqeq": "error",
      "no-console": ["error", { allow: ["warn", "error"] }],
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-unused-vars": ["error", { args: "all", argsIgnorePattern: "^_" }],
    },
  },
  {
    // Elsewhere Math.random() may spread retries in time; where keys and ids are made it may do nothing.
    files: ["browser/sealing/**/*.js", "browser/accounts/**/*.js"],
    rules: { "no-restricted-syntax": ["error", ...SYNTAX, RANDOM] },
  },
  {
    files: ["browser/**/*.test.js"],
    languageOptions: { globals: globals.node },
    rules: { "max-lines-per-function": "off", "max-lines": ["error", 400], "no-restricted-syntax": "off" },
  },
  {
    files: ["tests/**/*.js", "bench/**/*.js", "*.config.js"],
    languageOptions: { ecmaVersion: 2024, sourceType: "module", globals: { ...globals.node, ...globals.browser } },
  },
];
