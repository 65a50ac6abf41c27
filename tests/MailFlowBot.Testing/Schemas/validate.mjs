// validate.mjs SCHEMA: reads a JSON array of documents from standard input, prints what breaks the schema, one line each.
import { readFileSync } from "node:fs";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const schema = JSON.parse(readFileSync(process.argv[2], "utf8"));

// The published schemas are of drafts 4 and 6, whose name of the root the validator does not know.
delete schema.$schema;
delete schema.id;
const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true, validateSchema: false, logger: false });
addFormats(ajv);
const validate = ajv.compile(schema);
for (const [index, document] of JSON.parse(readFileSync(0, "utf8")).entries())
    if (!validate(document))
        for (const error of validate.errors)
            console.log(`${index}: ${error.instancePath || "/"} ${error.message} ${JSON.stringify(error.params)}`);
