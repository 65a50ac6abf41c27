using System.CommandLine;

namespace MailFlowBot;

/// <summary>The command line: verbs, their options, and what each runs. Exit 0 fine, 1 a finding or refusal, 2 wrong use, 3 could not reach something.</summary>
internal static class Verbs
{
    public const int Fine = 0;
    public const int Refusal = 1;
    public const int WrongUse = 2;
    public const int Unreachable = 3;

    public static RootCommand Root()
    {
        var root = new RootCommand("MailFlowBot: finds why mail stopped, and fixes it after a colleague approved. Without a verb: serve.");
        var serve = Serve();
        root.Subcommands.Add(serve);
        root.Subcommands.Add(Chat());
        root.Subcommands.Add(Transcript());
        root.Subcommands.Add(Read());
        root.Subcommands.Add(Diagnose());
        root.Subcommands.Add(Drill());
        root.Subcommands.Add(Manifest());
        root.Subcommands.Add(RemoteCommand.Command());
        root.SetAction((_, token) => ServeVerb.RunAsync(token));
        return root;
    }

    private static Command Serve()
    {
        var serve = new Command("serve", "Runs the bot (default).");
        serve.SetAction((_, token) => ServeVerb.RunAsync(token));
        return serve;
    }

    private static Command Chat()
    {
        var speaker = new Option<string>("--as") { Description = "Who speaks: alice, bob, carol or dave.", DefaultValueFactory = _ => "alice" };
        var language = new Option<string?>("--lang") { Description = "en or ja." };
        language.AcceptOnlyFromAmong("en", "ja");
        var script = new Option<FileInfo?>("--script") { Description = "Carries out the lines of a file one by one; exit 1 when one could not be." };
        var chat = new Command("chat", "Terminal playground.") { speaker, language, script };
        chat.SetAction((parsed, token) => ChatVerb.RunAsync(parsed.GetValue(speaker)!, parsed.GetValue(language), parsed.GetValue(script), token));
        return chat;
    }

    private static Command Manifest()
    {
        var appId = new Option<string>("--app-id") { Description = "Application (client) id of the bot's registration.", Required = true };
        var domain = new Option<string>("--domain") { Description = "Host name of the bot, such as mailflow.contoso.com.", Required = true };
        var output = new Option<FileInfo>("--output", "-o") { Description = "Package to write.", DefaultValueFactory = _ => new FileInfo("mailflowbot.zip") };
        var rsc = new Option<bool>("--rsc") { Description = "Ask team owners for consent to hear whole channels (resource-specific consent)." };
        var manifest = new Command("manifest", "Writes the Teams app package of this bot.") { appId, domain, output, rsc };
        manifest.SetAction((parsed, _) => ManifestVerb.RunAsync(
            parsed.GetValue(appId)!, parsed.GetValue(domain)!, parsed.GetValue(output)!, parsed.GetValue(rsc)));
        return manifest;
    }

    private static Command Read()
    {
        var file = new Argument<string>("FILE") { Description = "A text file; - or nothing is standard input.", DefaultValueFactory = _ => "-" };
        var lines = new Option<bool>("--jsonl") { Description = "Each line is {\"id\",\"text\"}; one reading a line, in order; exit 2 when a line was none." };
        var server = new Option<string[]>("--server") { Description = "A server name to match; more than once for more. Default: the simulated ones.", DefaultValueFactory = _ => [] };
        var language = new Option<string?>("--lang") { Description = "en or ja: language of the question; the text's without it." };
        language.AcceptOnlyFromAmong("en", "ja");
        var read = new Command("read", "Prints what a symptom text says, as JSON; asks no server.") { file, lines, server, language };
        read.SetAction((parsed, token) => ReadVerb.RunAsync(
            parsed.GetValue(file)!, parsed.GetValue(lines), parsed.GetValue(server)!, parsed.GetValue(language), token));
        return read;
    }

    private static Command Diagnose()
    {
        var file = new Argument<string?>("FILE") { Description = "A text file; - or nothing is standard input.", Arity = ArgumentArity.ZeroOrOne };
        var server = new Option<string[]>("--server") { Description = "A server to look at; more than once for more. Default: those that the text names.", DefaultValueFactory = _ => [] };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var language = new Option<string?>("--lang") { Description = "en or ja: language of the answer; the text's without it." };
        language.AcceptOnlyFromAmong("en", "ja");
        var diagnose = new Command("diagnose", "Reads a symptom text and looks at the configured organisation; changes nothing. Exit 1 when something was found.")
        {
            file, server, json, language,
        };
        diagnose.SetAction((parsed, token) => DiagnoseVerb.RunAsync(
            new(parsed.GetValue(file), parsed.GetValue(server)!, parsed.GetValue(json), parsed.GetValue(language)), token));
        return diagnose;
    }

    private static Command Drill()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object, or one a line.", Recursive = true };
        var list = new Command("list", "Lists the drills and what each is scored against.");
        list.SetAction((parsed, _) => Task.FromResult(DrillVerb.List(parsed.GetValue(json))));
        var name = new Argument<string>("NAME") { Description = "Such as transport-inactive." };
        var language = new Option<string>("--lang") { Description = "en or ja: language of the report and of what is printed.", DefaultValueFactory = _ => "en" };
        language.AcceptOnlyFromAmong("en", "ja");
        var run = new Command("run", "Runs one on a simulated organisation in memory and scores it; exit 1 when it was not passed.") { name, language };
        run.SetAction((parsed, token) => DrillVerb.RunAsync(parsed.GetValue(name)!, parsed.GetValue(language)!, parsed.GetValue(json), token));
        return new Command("drill", "Game-day scenarios on the simulated organisation.") { json, list, run };
    }

    private static Command Transcript()
    {
        var id = new Argument<string>("ID") { Description = "Such as INC-7." };
        var format = new Option<string>("--format") { Description = "md, html or json.", DefaultValueFactory = _ => "md" };
        var output = new Option<string?>("--output", "-o") { Description = "File to write; standard output without it." };
        var language = new Option<string?>("--lang") { Description = "en or ja; the thread's without it." };
        language.AcceptOnlyFromAmong("en", "ja");
        var export = new Command("export", "Writes one incident, sealed.") { id, format, output, language };
        export.SetAction((parsed, token) => TranscriptVerb.ExportAsync(
            parsed.GetValue(id)!, parsed.GetValue(format)!, parsed.GetValue(output), parsed.GetValue(language), token));

        var file = new Argument<string>("FILE") { Description = "An exported transcript." };
        var key = new Option<string?>("--key") { Description = "Public key of the signer (PEM); this installation's without it." };
        var verify = new Command("verify", "Checks an exported transcript, offline.") { file, key };
        verify.SetAction((parsed, token) => TranscriptVerb.VerifyAsync(parsed.GetValue(file)!, parsed.GetValue(key), token));

        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var list = new Command("list", "Lists the incidents, newest first.") { json };
        list.SetAction((parsed, token) => TranscriptVerb.ListAsync(parsed.GetValue(json), token));
        var show = new Command("key", "Prints this installation's public key.");
        show.SetAction((_, _) => TranscriptVerb.KeyAsync());
        return new Command("transcript", "Incident transcripts.") { list, export, verify, show };
    }
}
