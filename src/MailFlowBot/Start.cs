using MailFlowBot.Channels;
using MailFlowBot.Channels.Teams;
using MailFlowBot.Remote.Agent;
using MailFlowBot.Remote.Approvals;
using MailFlowBot.Settings;
using MailFlowBot.Storage;

namespace MailFlowBot;

/// <summary>What every verb does first: read the configuration, say everything that is wrong with it, open the bot.</summary>
internal static class Start
{
    /// <summary>
    /// appsettings.json beside the program, environment, user's own. No file watcher: the process has what it started with.
    /// </summary>
    public static IConfiguration Configuration() => new ConfigurationBuilder()
        .SetBasePath(AppContext.BaseDirectory)
        .AddJsonFile("appsettings.json", optional: true, reloadOnChange: false)
        .AddEnvironmentVariables("MAILFLOWBOT__")
        .Build();

    /// <summary>The settings; null after every fault was printed.</summary>
    public static BotSettings? Settings(IConfiguration configuration)
    {
        if (bool.TryParse(configuration["Organization:ManagedNtlm"], out var allowed) && allowed)
            AllowNtlm();
        var (settings, faults) = new SettingsReader(configuration, Cast.All, Cast.Tenant).Read();
        foreach (var fault in faults)
            Console.Error.WriteLine($"Configuration: {fault}");
        return settings;
    }

    /// <summary>
    /// NTLM without a native library. The runtime looks once, before the first handshake; from then on its Negotiate never takes Kerberos.
    /// </summary>
    public static void AllowNtlm() => AppContext.SetSwitch("System.Net.Security.UseManagedNtlm", isEnabled: true);

    /// <summary>The first line of everything: simulation or real, and whose.</summary>
    public static string Heading(BotSettings settings) => settings switch
    {
        { Remote: null } => $"SIMULATION / 訓練 · organisation {settings.OrganizationId}",
        { Agent.Policy.Lab: true } => $"LAB · organisation {settings.OrganizationId} · playground people may approve",
        { ReadOnly: true } => $"REAL · organisation {settings.OrganizationId} · read-only: without a Teams registration nobody has shown who they are",
        _ => $"REAL · organisation {settings.OrganizationId}",
    };

    /// <summary>Says what works and is hardly meant.</summary>
    public static void Warn(BotSettings settings, Bot bot)
    {
        foreach (var warning in settings.Warnings)
            Console.Error.WriteLine($"Configuration, warning: {warning}");
        if (settings is { ReadOnly: false } && !bot.SignatureCounts)
        {
            Console.Error.WriteLine(
                $"Configuration, warning: Agent:Policy: does not trust this installation's key, so it denies every change. Add \"{bot.SigningKey.Id}\" to its trustedKeys.");
        }
    }

    /// <summary>False after every fault of the Teams section was printed.</summary>
    public static bool TeamsIsRight(IConfiguration configuration, BotSettings settings)
    {
        var options = TeamsOptions.From(configuration.GetSection(TeamsOptions.Section));
        var faults = TeamsOptionsValidator.Faults(options, [settings.Public]);
        foreach (var fault in faults)
            Console.Error.WriteLine($"Configuration: {fault}");
        return faults.Count == 0;
    }

    /// <summary>Runs what needs data on disk; damaged, locked or unreadable files end in exit 3 with the file and what to do.</summary>
    public static async Task<int> WithFilesAsync(Func<Task<int>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is StoreUnusable or JournalDamagedException or ApprovalFormatException
            or UnauthorizedAccessException or IOException)
        {
            await Console.Error.WriteLineAsync(fault.Message).ConfigureAwait(false);
            return Verbs.Unreachable;
        }
    }

    public static void Failed(string what, Exception fault) => Console.Error.WriteLine($"Failed: {what}: {fault.GetType().Name}: {fault.Message}");
}
