using System.Diagnostics;

namespace MailFlowBot.Testing.Kerberos;

/// <summary>The programs of MIT Kerberos as Debian installs them.</summary>
internal static class KerberosTools
{
    public const string Kdc = "/usr/sbin/krb5kdc";
    public const string DatabaseTool = "/usr/sbin/kdb5_util";
    public const string Admin = "/usr/sbin/kadmin.local";
    public const string Kinit = "/usr/bin/kinit";

    /// <summary>The first that is not there; null when all are.</summary>
    public static string? Missing { get; } = ((string[])[Kdc, DatabaseTool, Admin, Kinit]).FirstOrDefault(program => !File.Exists(program));

    /// <summary>Starts a program that ends when the standard input of the returned process is closed.</summary>
    public static Process StartGuarded(string program, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        const string Guard = "\"$0\" \"$@\" </dev/null >/dev/null 2>&1 & child=$!; cat >/dev/null; kill $child; wait $child";
        return Start("/bin/sh", ["-c", Guard, program, .. arguments], environment);
    }

    /// <exception cref="InvalidOperationException">The program failed; with what it said.</exception>
    public static async Task RunAsync(
        string program, string[] arguments, string input, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
    {
        using var process = Start(program, arguments, environment);
        var said = process.StandardOutput.ReadToEndAsync(cancellation);
        var complained = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardInput.WriteAsync(input.AsMemory(), cancellation).ConfigureAwait(false);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await said.ConfigureAwait(false)}{await complained.ConfigureAwait(false)}");
    }

    private static Process Start(string program, string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
