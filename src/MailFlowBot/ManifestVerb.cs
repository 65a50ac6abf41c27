using MailFlowBot.Channels.Teams;

namespace MailFlowBot;

/// <summary><c>manifest</c>: writes the package that a Teams administrator uploads.</summary>
internal static class ManifestVerb
{
    public static Task<int> RunAsync(string appId, string domain, FileInfo output, bool hearsWholeChannel) => Start.WithFilesAsync(async () =>
    {
        if (!Guid.TryParseExact(appId, "D", out var id) || id == Guid.Empty)
            return await WrongAsync($"--app-id: '{appId}' is no application id. Write the GUID of the bot's registration, such as 1fa0c0de-0000-4000-8000-000000000001.").ConfigureAwait(false);
        if (Uri.CheckHostName(domain) != UriHostNameType.Dns || !domain.Contains('.', StringComparison.Ordinal))
            return await WrongAsync($"--domain: '{domain}' is no host name. Write it without https:// and port, such as mailflow.contoso.com.").ConfigureAwait(false);

        // Written whole or not at all: half a package would be refused by Teams without saying why.
        using var package = new MemoryStream();
        new AppPackage(id, domain.ToLowerInvariant(), hearsWholeChannel).Write(package);
        await File.WriteAllBytesAsync(output.FullName, package.ToArray()).ConfigureAwait(false);
        Console.WriteLine($"{output.FullName}: Teams app {id} at {domain}. Upload it in the Teams admin center under Manage apps.");
        return Verbs.Fine;
    });

    private static async Task<int> WrongAsync(string what)
    {
        await Console.Error.WriteLineAsync(what).ConfigureAwait(false);
        return Verbs.WrongUse;
    }
}
