namespace MailFlowBot.Testing;

/// <summary>
/// The folder of reference material beside the checkout (<c>../shared</c>): captures and schemas that tests read but that the
/// project does not carry. Absent on a user's machine: the test is skipped and says why. Absent in CI: the test fails.
/// </summary>
public static class References
{
    private static readonly string? Folder = Find();

    /// <summary>The full path of a file or folder below the reference folder.</summary>
    /// <exception cref="DirectoryNotFoundException">In CI, when the folder is not there.</exception>
    public static string Path(string relative)
    {
        if (Folder is null && InCi)
            throw new DirectoryNotFoundException("The reference folder ../shared is missing; in CI it must be there.");
        Skip.If(Folder is null, "The reference folder ../shared is not beside this checkout.");
        return System.IO.Path.Combine(Folder!, relative);
    }

    /// <summary>True where a missing component is a failure and not a reason to skip.</summary>
    public static bool InCi => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The root of the checkout: the folder that holds MailFlowBot.sln.</summary>
    public static string Root { get; } = FindRoot();

    private static string? Find()
    {
        var candidate = System.IO.Path.GetFullPath(System.IO.Path.Combine(FindRoot(), "..", "shared"));
        return Directory.Exists(System.IO.Path.Combine(candidate, "data")) ? candidate : null;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "MailFlowBot.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No MailFlowBot.sln above {AppContext.BaseDirectory}.");
    }
}
