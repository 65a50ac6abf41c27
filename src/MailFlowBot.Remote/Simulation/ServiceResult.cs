namespace MailFlowBot.Remote.Simulation;

/// <summary>What came of asking a service to start or restart.</summary>
internal abstract record ServiceResult
{
    private ServiceResult()
    {
    }

    /// <param name="Until">When everything that was set in motion has come to rest.</param>
    public sealed record Done(DateTimeOffset Until) : ServiceResult;

    /// <summary>The start type forbids it (service control error 1058).</summary>
    public sealed record Disabled : ServiceResult;

    public sealed record NoSuchService : ServiceResult;
}
