using System.Net.Security;
using System.Runtime.CompilerServices;
using MailFlowBot.Remote.Transport;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace MailFlowBot.Remote.Tests.Transport;

/// <summary>The server side of Kerberos and Negotiate: a context for each connection, encrypted bodies without TLS.</summary>
/// <param name="answer">Makes of a plain envelope a status and a plain answer.</param>
internal sealed class NegotiatingPeer(Func<byte[], (int Status, byte[] Answer)> answer)
{
    private readonly ConditionalWeakTable<IDictionary<object, object?>, Context> _contexts = [];

    /// <summary>What is said in 401 without a token.</summary>
    public string[] Offers { get; init; } = ["Negotiate", "Kerberos"];

    /// <summary>Called before an envelope is answered; true when it has answered itself.</summary>
    public Func<HttpContext, MessageEncryption?, Task<bool>>? Before { get; set; }

    /// <summary>So many envelopes are refused because the server has lost their context.</summary>
    public int Forgets { get; set; }

    /// <summary>Parts of which an encrypted answer is made.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Handshakes that came to their end.</summary>
    public int Agreed { get; private set; }

    public async Task AnswerAsync(HttpContext context)
    {
        var items = context.Features.Get<IConnectionItemsFeature>()!.Items;
        var state = _contexts.GetOrCreateValue(items);
        var authorization = context.Request.Headers.Authorization.ToString();
        if (authorization.Length > 0)
        {
            Shake(context, state, authorization);
            return;
        }

        if (state.Negotiation is not { IsAuthenticated: true } negotiation)
        {
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = Offers;
            return;
        }

        var encryption = context.Request.IsHttps ? null : new MessageEncryption(negotiation, state.Protocol);
        var body = await WsmanPeer.BodyAsync(context);
        var plain = encryption is null ? body : encryption.Open(body).ToArray();
        if (Forgets-- > 0)
        {
            state.Negotiation = null;
            context.Response.StatusCode = 401;
            context.Response.Headers.WWWAuthenticate = Offers;
            return;
        }

        if (Before is not null && await Before(context, encryption))
            return;
        var (status, text) = answer(plain);
        context.Response.StatusCode = status;
        context.Response.ContentType = encryption?.ContentType ?? "application/soap+xml;charset=UTF-8";
        if (encryption is null)
        {
            await context.Response.Body.WriteAsync(text);
            return;
        }

        var size = Math.Max(1, (text.Length + Parts - 1) / Parts);
        var sealedBody = new System.Buffers.ArrayBufferWriter<byte>();
        for (var at = 0; at < text.Length; at += size)
            encryption.Seal(text.AsSpan(at, Math.Min(size, text.Length - at)), sealedBody, isLast: at + size >= text.Length);
        await context.Response.Body.WriteAsync(sealedBody.WrittenMemory);
    }

    private void Shake(HttpContext context, Context state, string authorization)
    {
        var scheme = authorization.Split(' ')[0];
        state.Protocol = scheme == "Kerberos" ? EncryptionProtocol.Kerberos : EncryptionProtocol.Spnego;
        state.Negotiation ??= new NegotiateAuthentication(new NegotiateAuthenticationServerOptions
        {
            Package = "Negotiate",
            RequiredProtectionLevel = context.Request.IsHttps ? ProtectionLevel.None : ProtectionLevel.EncryptAndSign,
        });
        var token = state.Negotiation.GetOutgoingBlob(Convert.FromBase64String(authorization.Split(' ')[1]), out var status);
        var isOver = status == NegotiateAuthenticationStatusCode.Completed;
        if (isOver)
            Agreed++;
        context.Response.StatusCode = isOver ? 200 : 401;
        context.Response.Headers.WWWAuthenticate = token is null || (!isOver && status != NegotiateAuthenticationStatusCode.ContinueNeeded)
            ? isOver ? "" : Offers
            : $"{scheme} {Convert.ToBase64String(token)}";
        if (!isOver && status != NegotiateAuthenticationStatusCode.ContinueNeeded)
            state.Negotiation = null;
    }

    private sealed class Context
    {
        public NegotiateAuthentication? Negotiation { get; set; }

        public EncryptionProtocol Protocol { get; set; }
    }
}
