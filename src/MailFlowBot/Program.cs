using System.Text;
using MailFlowBot;

// Japanese must come out of any terminal and into any pipe.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var parsed = Verbs.Root().Parse(args);
var exit = await parsed.InvokeAsync().ConfigureAwait(false);
return parsed.Errors.Count > 0 ? Verbs.WrongUse : exit;
