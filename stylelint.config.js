/** House rules of style: logical properties, no ids, no !important, small files of one component each. */
const sides = "(top|right|bottom|left)";

export default {
  extends: ["stylelint-config-standard"],
  rules: {
    "declaration-no-important": true,
    "selector-max-id": 0,
    "selector-max-compound-selectors": 4,
    "max-nesting-depth": 2,
    "property-disallowed-list": [
      new RegExp(`^(margin|padding|border|inset)-${sides}`),
      new RegExp(`^${sides}$`),
      "float",
      "clear",
      "width",
      "height",
      "min-width",
      "min-height",
      "max-width",
      "max-height",
    ],
    "declaration-property-value-disallowed-list": { "text-align": ["left", "right"] },
    "function-url-scheme-disallowed-list": ["http", "https", "data"],
    "no-descending-specificity": null,
  },
};
