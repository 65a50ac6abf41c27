using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailFlowBot.Testing;

namespace MailFlowBot.Remote.Tests.Agent;

/// <summary>aiosmtpd of Debian, an SMTP server that nobody here wrote, on a free port of the loopback for as long as a test lasts.</summary>
internal sealed class RealSmtpServer : IDisposable
{
    private const string Program = "/usr/bin/aiosmtpd";

    private readonly Process _process;

    private RealSmtpServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static async Task<RealSmtpServer> StartAsync(params IEnumerable<string> options)
    {
        if (!File.Exists(Program) && References.InCi)
            throw new FileNotFoundException("The package python3-aiosmtpd must be installed in CI.", Program);
        Skip.IfNot(File.Exists(Program), "The package python3-aiosmtpd is not installed.");
        var port = FreePort();
        // -n: as whoever runs the test; -d -d: it tells on standard error when it listens.
        var start = new ProcessStartInfo(
            Program, ["-n", "-d", "-d", "-l", $"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}", .. options])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{Program} did not start.");
        var listening = new TaskCompletionSource();
        process.ErrorDataReceived += (_, said) =>
        {
            // Null: it ended.
            if (said.Data is null)
                listening.TrySetException(new InvalidOperationException($"{Program} ended before it listened."));
            else if (said.Data.Contains("Server is listening on", StringComparison.Ordinal))
                listening.TrySetResult();
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        var server = new RealSmtpServer(process, port);
        try
        {
            await listening.Task.WaitAsync(TimeSpan.FromSeconds(60));
            return server;
        }
        catch
        {
            server.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
