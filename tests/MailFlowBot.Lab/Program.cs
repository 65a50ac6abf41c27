using System.CommandLine;

var root = new RootCommand("A WSMan server in front of the simulated organisation, for tests and for trying the bot's Remote mode.");
return await root.Parse(args).InvokeAsync();
