using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailFlowBot.Remote.Tests.Transport;

/// <summary>A peer that writes whatever bytes a test wants, one connection after the other.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<RawConnection, Task> _talk;
    private readonly Task _accepting;
    private int _connections;
    private int _open;

    public RawPeer(Func<RawConnection, Task> talk)
    {
        _talk = talk;
        _listener.Start();
        Address = new Uri($"http://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}/wsman");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Connections that the other side has not closed.</summary>
    public int Open => Volatile.Read(ref _open);

    public static RawPeer Answering(string answer) => new(async connection =>
    {
        await connection.RequestAsync();
        await connection.WriteAsync(answer);
    });

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                talks.Add(TalkAsync(client, Interlocked.Increment(ref _connections)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or InvalidOperationException or SocketException && _end.IsCancellationRequested)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task TalkAsync(TcpClient client, int number)
    {
        Interlocked.Increment(ref _open);
        try
        {
            using (client)
                await _talk(new RawConnection(client.GetStream(), number, _end.Token));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone, which some tests want.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}

/// <summary>One connection of a raw peer.</summary>
internal sealed class RawConnection(NetworkStream stream, int number, CancellationToken end)
{
    /// <summary>From 1.</summary>
    public int Number => number;

    public CancellationToken End => end;

    /// <summary>Reads a request; null when the client closed.</summary>
    public async Task<string?> RequestAsync()
    {
        var read = new StringBuilder();
        var single = new byte[1];
        while (!read.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(single, end) == 0)
                return null;
            read.Append((char)single[0]);
        }

        var head = read.ToString();
        const string Length = "Content-Length: ";
        var at = head.IndexOf(Length, StringComparison.OrdinalIgnoreCase);
        var length = at < 0 ? 0 : int.Parse(head[(at + Length.Length)..head.IndexOf('\r', at)], System.Globalization.CultureInfo.InvariantCulture);
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, end);
        return head + Encoding.Latin1.GetString(body);
    }

    public Task WriteAsync(string text) => stream.WriteAsync(Encoding.Latin1.GetBytes(text), end).AsTask();

    /// <summary>Carries bytes to and from a port of this machine until one side closes.</summary>
    public async Task TunnelAsync(int port)
    {
        using var there = new TcpClient();
        await there.ConnectAsync(IPAddress.Loopback, port, end);
        await Task.WhenAny(stream.CopyToAsync(there.GetStream(), end), there.GetStream().CopyToAsync(stream, end));
    }

    /// <summary>Waits for the client to close.</summary>
    public async Task UntilClosedAsync()
    {
        var rest = new byte[1024];
        while (await stream.ReadAsync(rest, end) > 0)
        {
        }
    }
}
