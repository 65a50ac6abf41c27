using System.CommandLine;
using MailFlowBot.Remote.Endpoints;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot;

/// <summary>The options of <c>remote</c>.</summary>
internal static class RemoteCommand
{
    private static readonly Option<string> Endpoint = new("--endpoint")
    {
        Description = "Address, such as https://ex01.contoso.example/PowerShell/.",
        Required = true,
        Recursive = true,
    };

    private static readonly Option<string> Configuration = new("--configuration")
    {
        Description = "Session configuration.",
        DefaultValueFactory = _ => "Microsoft.Exchange",
        Recursive = true,
    };

    private static readonly Option<AuthenticationKind> Authentication = new("--auth")
    {
        Description = "basic, negotiate, kerberos, ntlm, certificate, or none on loopback.",
        DefaultValueFactory = _ => AuthenticationKind.Kerberos,
        Recursive = true,
    };

    private static readonly Option<string?> User = new("--user") { Description = "UPN for Kerberos; without it the ticket cache or the account of the process.", Recursive = true };
    private static readonly Option<string?> Password = new("--password-env") { Description = "Name of the environment variable that holds the password.", Recursive = true };
    private static readonly Option<string?> Roots = new("--trusted-roots") { Description = "PEM file of the authorities to trust instead of the system's.", Recursive = true };
    private static readonly Option<string?> Certificate = new("--certificate") { Description = "Client certificate with its private key: PEM or PKCS #12.", Recursive = true };
    private static readonly Option<string?> Principal = new("--spn") { Description = "Service principal; HTTP/ and the host name without it.", Recursive = true };
    private static readonly Option<string?> Proxy = new("--proxy") { Description = "HTTP proxy; a direct connection without it.", Recursive = true };
    private static readonly Option<string?> Trace = new("--trace") { Description = "File that records every exchange, redacted.", Recursive = true };
    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object on standard output.", Recursive = true };

    public static Command Command()
    {
        var identify = new Command("identify", "Asks who answers at the endpoint, and how it lets people in.");
        identify.SetAction((parsed, token) => RemoteVerb.IdentifyAsync(Target(parsed), parsed.GetValue(Json), token));

        var operation = new Argument<string>("OPERATION") { Description = $"One of: {string.Join(", ", ReadCatalogue.Usage)}." };
        var parameters = new Argument<string[]>("Param=Value") { Description = "Parameters of the operation.", Arity = ArgumentArity.ZeroOrMore };
        var invoke = new Command("invoke", "Runs one read of the catalogue; never a change.") { operation, parameters };
        invoke.SetAction((parsed, token) => RemoteVerb.InvokeAsync(
            Target(parsed), parsed.GetValue(operation)!, parsed.GetValue(parameters) ?? [], parsed.GetValue(Json), token));

        return new Command("remote", "Talks to one endpoint.")
        {
            Endpoint, Configuration, Authentication, User, Password, Roots, Certificate, Principal, Proxy, Trace, Json, identify, invoke,
        };
    }

    private static RemoteVerb.Target Target(ParseResult parsed) => new(
        parsed.GetValue(Endpoint)!,
        parsed.GetValue(Configuration)!,
        parsed.GetValue(Authentication),
        parsed.GetValue(User),
        parsed.GetValue(Password),
        parsed.GetValue(Roots),
        parsed.GetValue(Certificate),
        parsed.GetValue(Principal),
        parsed.GetValue(Proxy),
        parsed.GetValue(Trace));
}
