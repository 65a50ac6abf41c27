using System.Net;
using System.Net.Http.Headers;

namespace MailFlowBot.Remote.Transport;

/// <summary>
/// The body of a request. It looks at the connection at the last moment, when one has been chosen, and refuses to go out on another
/// one than it was made for; and it knows whether any of it can have arrived.
/// </summary>
internal sealed class EnvelopeContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly Func<bool> _mayGo;

    public EnvelopeContent(ReadOnlyMemory<byte> body, string contentType, Func<bool> mayGo)
    {
        _body = body;
        _mayGo = mayGo;
        Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
    }

    /// <summary>True once bytes may be under way.</summary>
    public bool IsStarted { get; private set; }

    /// <summary>True when the connection had changed; then nothing of the body was sent.</summary>
    public bool IsRefused { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (!_mayGo())
        {
            IsRefused = true;
            throw new IOException("The connection changed after its handshake.");
        }

        IsStarted = true;
        await stream.WriteAsync(_body, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length;
        return true;
    }
}
