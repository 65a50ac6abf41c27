using System.CommandLine;
using MailFlowBot.Lab;
using MailFlowBot.Lab.Accounts;
using MailFlowBot.Lab.Injection;
using MailFlowBot.Remote.Transport;

var drill = new Option<string>("--drill") { Description = "Starting state of the organisation.", DefaultValueFactory = _ => "transport-inactive" };
var http = new Option<int>("--http") { Description = "Port for HTTP; 0 takes a free one, -1 none.", DefaultValueFactory = _ => 5985 };
var https = new Option<int>("--https") { Description = "Port for HTTPS; 0 takes a free one, -1 none.", DefaultValueFactory = _ => 5986 };
var authentication = new Option<string>("--auth")
{
    Description = "basic,negotiate,kerberos,ntlm,certificate; the first is the one the printed settings use.",
    DefaultValueFactory = _ => "basic",
};
var faults = new Option<string[]>("--fault") { Description = FaultInjection.Shape };
var latency = new Option<int>("--latency-ms") { Description = "Every answer takes this much longer." };
var settings = new Option<string?>("--settings") { Description = "File for the environment that the bot needs." };
var folder = new Option<string>("--certificates")
{
    Description = "Folder for the lab's certificates.",
    DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "mailflowbot-lab"),
};
var kdc = new Option<bool>("--kdc") { Description = "Starts a Kerberos realm (krb5kdc) with the lab's accounts." };
var binding = new Option<bool>("--channel-binding") { Description = "Demands channel binding over TLS." };
var affinity = new Option<bool>("--affinity") { Description = "Two back ends, told apart by a cookie." };
var root = new RootCommand("A WSMan server in front of the simulated organisation, for tests and for trying the bot's Remote mode.")
{
    drill, http, https, authentication, faults, latency, settings, folder, kdc, binding, affinity,
};
root.SetAction(async (parsed, cancellation) =>
{
    try
    {
        var kinds = parsed.GetValue(authentication)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var options = new LabOptions
        {
            Drill = parsed.GetValue(drill)!,
            HttpPort = parsed.GetValue(http) is >= 0 and var plain ? plain : null,
            HttpsPort = parsed.GetValue(https) is >= 0 and var secure ? secure : null,
            Authentication = [.. kinds.Select(kind => Enum.TryParse<AuthenticationKind>(kind, ignoreCase: true, out var known)
                ? known
                : throw new FormatException($"There is no authentication '{kind}'."))],
            Faults = [.. (parsed.GetValue(faults) ?? []).Select(FaultInjection.Parse)],
            Latency = TimeSpan.FromMilliseconds(parsed.GetValue(latency)),
            RequireChannelBinding = parsed.GetValue(binding),
            Affinity = parsed.GetValue(affinity),
            CertificateFolder = parsed.GetValue(folder),
        };
        await using var realm = parsed.GetValue(kdc) ? await LabRealm.StartAsync(options.Password, cancellation) : null;
        await using var lab = await LabServer.StartAsync(options);
        await new LabConsole(lab, realm, Console.In, Console.Out).RunAsync(parsed.GetValue(settings), cancellation);
        return 0;
    }
    catch (Exception e) when (e is FormatException or ArgumentException or IOException or InvalidOperationException)
    {
        await Console.Error.WriteLineAsync(e.Message);
        return 2;
    }
});
return await root.Parse(args).InvokeAsync();
