using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Remote.Sessions;

/// <summary>
/// The errors that an endpoint in NoLanguage mode gives itself; ids, categories and exception types as recorded from PowerShell,
/// texts ours.
/// </summary>
internal static class ServerErrors
{
    public static ErrorRecord Stopped { get; } = ErrorRecord.Of(
        ErrorCategory.OperationStopped,
        "PipelineStopped",
        "System.Management.Automation.PipelineStoppedException",
        "The pipeline has been stopped.");

    /// <summary>A limit of ours: real endpoints run pipes of commands.</summary>
    public static ErrorRecord SingleCommandsOnly { get; } = ErrorRecord.Of(
        ErrorCategory.InvalidOperation,
        "SingleCommandsOnly",
        "System.Management.Automation.PSNotSupportedException",
        "This endpoint runs single commands only, no pipes and no several statements.");

    public static ErrorRecord ScriptsNotAllowed(string script) => ErrorRecord.Of(
        ErrorCategory.ParserError,
        "ScriptsNotAllowed",
        "System.Management.Automation.ParseException",
        "Scripts are not supported by this runspace: it is in no-language mode.",
        script);

    public static ErrorRecord CommandNotFound(string name) => ErrorRecord.Of(
        ErrorCategory.ObjectNotFound,
        "CommandNotFoundException",
        "System.Management.Automation.CommandNotFoundException",
        $"'{name}' is not recognised as the name of a cmdlet.",
        name);

    /// <summary>The cmdlet itself broke; a real one ends the same way.</summary>
    public static ErrorRecord Unhandled(string name, Exception e) => ErrorRecord.Of(
        ErrorCategory.NotSpecified, e.GetType().Name, e.GetType().FullName ?? nameof(Exception), e.Message, activity: name);
}
