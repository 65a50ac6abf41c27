namespace MailFlowBot.Channels.Teams;

/// <summary>All that the channel logs. Never a token, a body, a text or a name of a person.</summary>
internal static partial class TeamsLog
{
    [LoggerMessage(1, LogLevel.Information, "Signing keys of the token issuer loaded: {Count}")]
    public static partial void KeysLoaded(ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Warning, "Signing keys of the token issuer could not be loaded; the last good set stays in use")]
    public static partial void KeysUnreadable(ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Information, "An activity was refused with {Status}: {Reason}")]
    public static partial void Refused(ILogger logger, int status, string reason);

    [LoggerMessage(4, LogLevel.Debug, "The caller left before the answer")]
    public static partial void CallerLeft(ILogger logger);

    [LoggerMessage(5, LogLevel.Warning, "A member could not be fetched; the person counts as a guest")]
    public static partial void MemberUnknown(ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Information, "Connector {Method} ended with {Status}; trying again in {Seconds} s")]
    public static partial void ConnectorRetried(ILogger logger, string method, int? status, double seconds);

    [LoggerMessage(7, LogLevel.Warning, "Connector {Method} was answered {Status} {Code}, MS-CV {Vector}")]
    public static partial void ConnectorRefused(ILogger logger, string method, int status, string? code, string? vector);

    [LoggerMessage(8, LogLevel.Error, "Work on an activity failed")]
    public static partial void WorkFailed(ILogger logger, Exception exception);

    [LoggerMessage(9, LogLevel.Debug, "A worker of the queue stopped")]
    public static partial void QueueStopped(ILogger logger);

    [LoggerMessage(10, LogLevel.Warning, "Teams:RequireToken is false: activities are taken WITHOUT ANY AUTHENTICATION, on loopback only")]
    public static partial void TokensOff(ILogger logger);

    [LoggerMessage(11, LogLevel.Warning, "Work on activities did not end when the bot stopped")]
    public static partial void WorkLeft(ILogger logger);
}
