using System.Text;
using MailFlowBot.Remote.Transport;

namespace MailFlowBot.Remote.Tests.Sessions;

/// <summary>A wire between client and server on which a test cuts what it wants.</summary>
internal sealed class FaultyWire(IWsmanTransport inner) : IWsmanTransport
{
    private readonly Lock _sync = new();
    private readonly List<string> _posted = [];

    /// <summary>Looks at a request before it is sent; may throw, or give an answer instead of the server's.</summary>
    public Func<string, WsmanReply?>? Before { get; set; }

    /// <summary>Looks at a request and the answer to it; may throw, or give another.</summary>
    public Func<string, WsmanReply, WsmanReply>? After { get; set; }

    public IReadOnlyList<string> Posted
    {
        get
        {
            lock (_sync)
                return [.. _posted];
        }
    }

    public async Task<WsmanReply> PostAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        var text = Encoding.UTF8.GetString(envelope.Span);
        lock (_sync)
            _posted.Add(text);
        if (Before?.Invoke(text) is { } instead)
            return instead;
        var reply = await inner.PostAsync(envelope, cancellation);
        return After is null ? reply : After(text, reply);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    /// <summary>The reply without its last bytes.</summary>
    public static WsmanReply Cut(WsmanReply reply, int bytes) =>
        new(reply.Status, reply.ReadAllAsync(default).GetAwaiter().GetResult().AsMemory()[..^bytes]);

    public static bool IsCommand(string request) => request.Contains("shell/Command<", StringComparison.Ordinal);

    public static bool IsCommandReceive(string request) => request.Contains("DesiredStream CommandId", StringComparison.Ordinal);

    public static bool IsPoolReceive(string request) => request.Contains("<rsp:DesiredStream>", StringComparison.Ordinal);

    public static bool IsStop(string request) => request.Contains("crtl_c", StringComparison.Ordinal);

    public static bool IsDelete(string request) => request.Contains("transfer/Delete<", StringComparison.Ordinal);

    public static bool IsTerminate(string request) => request.Contains("signal/Terminate", StringComparison.Ordinal);
}
