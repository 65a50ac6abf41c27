using System.Globalization;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Simulation;

/// <summary>Errors as real endpoints give them: ids, categories and exception types as recorded, texts ours.</summary>
internal static class EndpointErrors
{
    private const string Binding = "System.Management.Automation.ParameterBindingException";

    public static ErrorRecord UnknownParameter(string cmdlet, string parameter) => ErrorRecord.Of(
        ErrorCategory.InvalidArgument,
        $"NamedParameterNotFound,{cmdlet}",
        Binding,
        $"{cmdlet} has no parameter named '{parameter}'.",
        activity: cmdlet);

    public static ErrorRecord MissingParameters(string cmdlet, IEnumerable<string> parameters) => ErrorRecord.Of(
        ErrorCategory.InvalidArgument,
        $"MissingMandatoryParameter,{cmdlet}",
        Binding,
        $"{cmdlet} needs a value for: {string.Join(' ', parameters)}.",
        activity: cmdlet);

    public static ErrorRecord NotInSet(string cmdlet, string parameter, string value, IEnumerable<string> set) => ErrorRecord.Of(
        ErrorCategory.InvalidData,
        $"ParameterArgumentValidationError,{cmdlet}",
        "System.Management.Automation.ParameterBindingValidationException",
        $"'{value}' is not allowed for parameter '{parameter}'; allowed are: {string.Join(',', set)}.",
        activity: cmdlet);

    /// <summary>What a cmdlet that wants to confirm writes where nobody can be asked; it then completes and has changed nothing.</summary>
    public static ErrorRecord CannotConfirm(string cmdlet, string target) => ErrorRecord.Of(
        ErrorCategory.NotSpecified,
        "HostException",
        "System.Management.Automation.Host.HostException",
        $"{cmdlet} wants to confirm a change to '{target}', and this session cannot ask anybody.",
        activity: cmdlet);

    public static ErrorRecord ObjectNotFound(string cmdlet, string identity, DateTimeOffset now) => ErrorRecord.Of(
        ErrorCategory.InvalidData,
        Id("EX01", "ManagementObjectNotFoundException", "5D0E3D2A", cmdlet, now),
        "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException",
        $"The object '{identity}' was not found on 'DC01.{ServerProfile.Domain}'.",
        identity,
        cmdlet);

    public static ErrorRecord QueuesUnavailable(string server, DateTimeOffset now) => ErrorRecord.Of(
        ErrorCategory.InvalidOperation,
        Id(server, "LocalizedException", "3A7B21C4", "Get-Queue", now),
        "Microsoft.Exchange.Data.Common.LocalizedException",
        $"The transport service on '{server}' could not be contacted. It may not be running.",
        server,
        "Get-Queue");

    public static ErrorRecord ProcessNotFound(string server, string process, DateTimeOffset now) => ErrorRecord.Of(
        ErrorCategory.InvalidArgument,
        Id(server, "InvalidOperationException", "6C1E40B7", "Get-ExchangeDiagnosticInfo", now),
        "System.InvalidOperationException",
        $"No process named '{process}' answers on '{server}'.",
        server,
        "Get-ExchangeDiagnosticInfo");

    public static ErrorRecord NotSettable(string cmdlet, string what) => ErrorRecord.Of(
        ErrorCategory.InvalidArgument, $"InvalidComponentState,{cmdlet}", "System.ArgumentException", what, activity: cmdlet);

    public static ErrorRecord ServiceDisabled(string cmdlet, string service) => ErrorRecord.Of(
        ErrorCategory.OpenError,
        "StartServiceFailed,Microsoft.PowerShell.Commands.StartServiceCommand",
        "Microsoft.PowerShell.Commands.ServiceCommandException",
        $"The service '{service}' cannot be started: it is disabled.",
        service,
        cmdlet);

    public static ErrorRecord OtherServer(string cmdlet, string asked, string here) => ErrorRecord.Of(
        ErrorCategory.InvalidArgument,
        $"OtherServer,{cmdlet}",
        "System.ArgumentException",
        $"This is {here}; '{asked}' was asked for.",
        asked,
        cmdlet);

    // Exchange's ids change with every call: only their tail is stable.
    private static string Id(string server, string category, string code, string cmdlet, DateTimeOffset now) => string.Create(
        CultureInfo.InvariantCulture,
        $"[Server={server},RequestId={Guid.NewGuid()},TimeStamp={now.UtcDateTime:M/d/yyyy h:mm:ss tt}] [FailureCategory=Cmdlet-{category}] {code},{cmdlet}");
}
