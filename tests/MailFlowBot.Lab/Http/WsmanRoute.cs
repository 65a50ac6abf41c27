using MailFlowBot.Lab.Accounts;
using MailFlowBot.Lab.Authentication;
using MailFlowBot.Lab.Endpoints;
using MailFlowBot.Lab.Injection;
using MailFlowBot.Remote.Catalogue;
using MailFlowBot.Remote.Cmdlets;
using MailFlowBot.Remote.Transport;
using MailFlowBot.Remote.Wsman;
using Microsoft.AspNetCore.Http;

namespace MailFlowBot.Lab.Http;

/// <summary>
/// One request: <c>/EX01/PowerShell/</c> is EX01's Exchange endpoint, <c>/EX01/wsman</c> its Windows endpoint. Faults strike where they
/// are aimed. Before these, <c>/moved</c> sends the client to the same path by HTTP 302 and <c>/redirect</c> by WSMan's fault.
/// </summary>
/// <param name="elsewhere">Where the other listener has a path.</param>
internal sealed class WsmanRoute(LabOptions options, Gate gate, LabEndpoints endpoints, Func<string, string> elsewhere)
{
    private const string MovedPrefix = "/moved";
    private const string RedirectPrefix = "/redirect";
    private const string BackEndCookie = "X-BackEndCookie";

    // Room for the largest envelope and a reason to refuse what is beyond it.
    private readonly int _mostBytes = options.Quotas.EnvelopeSize * 2;
    private int _nextBackEnd;

    private LabWorld World => endpoints.World;

    public async Task ServeAsync(HttpContext context)
    {
        var connection = LabConnections.Of(context);
        var (prefix, rest) = Prefix(context.Request.Path);
        if (Target(rest) is not var (server, kind))
        {
            await ReplyWriter.WriteAsync(context, LabReply.Page(404, "Not Found"));
            return;
        }

        if (prefix == MovedPrefix)
        {
            await ReplyWriter.WriteAsync(context, LabReply.Empty(StatusCodes.Status302Found, ("Location", elsewhere(rest + context.Request.QueryString))));
            return;
        }

        connection.Server = server;
        if (context.Request.ContentLength is not 0 && World.Faults.Due<LabFault.BeforeReading>(LabAction.Any) is { } unread)
        {
            await unread.Act(new FaultScene(
                context, connection, endpoints, default, _ => Task.FromResult(LabReply.Empty(400)), reply => ReplyWriter.WriteAsync(context, reply)));
            return;
        }

        if (await ReadAsync(context) is not { } body)
        {
            await ReplyWriter.WriteAsync(context, LabReply.Empty(StatusCodes.Status413PayloadTooLarge));
            return;
        }

        if (options.Latency > TimeSpan.Zero)
            await Task.Delay(options.Latency, World.Real, context.RequestAborted);
        var logon = gate.Check(context, connection);
        var envelope = Opened(context, connection, body);
        Task<LabReply> Ask(ReadOnlyMemory<byte> asked) => logon is not Logon.Admitted { Account: var account }
            ? Task.FromResult(LabReply.Empty(StatusCodes.Status401Unauthorized))
            : prefix == RedirectPrefix && !asked.IsEmpty
                ? Task.FromResult(FaultReply.Of(asked, WsmanFaults.Redirect(elsewhere(rest))))
                : AnswerAsync(context, asked, server, kind, account);
        var scene = new FaultScene(
            context, connection, endpoints, envelope.Plain, Ask, reply => ReplyWriter.WriteAsync(context, envelope.Answering(reply)));
        var action = logon is Logon.Refused || envelope.Refusal is not null ? LabAction.Handshake : LabActions.Of(envelope.Plain.Span);
        World.Counts.Request(action);
        if (World.Faults.Due<LabFault.Instead>(action) is { } instead)
            await instead.Act(scene);
        else if (logon is Logon.Refused refused)
            await ReplyWriter.WriteAsync(context, refused.Reply);
        else if (envelope.Refusal is { } unsealed)
            await ReplyWriter.WriteAsync(context, unsealed);
        else if (logon is Logon.Admitted admitted)
            await ServeAsync(context, scene, envelope, action, admitted);
    }

    /// <summary>Decrypts what came over a connection that a handshake encrypts.</summary>
    private static OpenedBody Opened(HttpContext context, LabConnection connection, ReadOnlyMemory<byte> body)
    {
        if (EncryptedMultipart.Is(context.Request.ContentType))
            return OpenedBody.Of(connection.Seal, body);
        // WinRM's default: what has a key must use it unless TLS does it already.
        var naked = connection.Seal is not null && !context.Request.IsHttps && !body.IsEmpty;
        return naked ? OpenedBody.Refused(body, "The body is not encrypted.") : new OpenedBody(body, null, null);
    }

    private async Task ServeAsync(
        HttpContext context, FaultScene scene, OpenedBody envelope, LabAction action, Logon.Admitted logon)
    {
        var reply = await scene.AskAsync(envelope.Plain);
        if (logon.FinalToken is { } token)
            reply = reply with { Headers = [.. reply.Headers, ("WWW-Authenticate", token)] };
        if (World.Faults.TryStrike<LabFault.OfAnswer, byte[]>(action, fault => fault.Change(reply.Body), out var changed))
            reply = reply with { Body = changed };
        reply = envelope.Answering(reply);
        if (World.Faults.Due<LabFault.OfReply>(action) is { } wrongly)
            await wrongly.Act(scene, reply);
        else
            await ReplyWriter.WriteAsync(context, reply);
    }

    private async Task<LabReply> AnswerAsync(
        HttpContext context, ReadOnlyMemory<byte> envelope, ServerName server, EndpointKind kind, LabAccount account)
    {
        // IIS keeps the right-less out before WSMan sees them; WinRM itself says the same by a fault.
        if (account.Role == LabRole.Nobody && kind == EndpointKind.Exchange)
            return LabReply.Page(StatusCodes.Status403Forbidden, "Forbidden");
        if (envelope.IsEmpty)
            return LabReply.Empty(StatusCodes.Status200OK);
        if (account.Role == LabRole.Nobody)
            return FaultReply.Of(envelope, new WsmanFault(WsmanFaultCode.AccessDenied, null, "Access is denied."));
        if (endpoints.Find(BackEnd(context), server, kind, account) is not { } endpoint)
            return LabReply.Page(StatusCodes.Status404NotFound, "Not Found");
        var answer = await endpoint.AnswerAsync(envelope, context.RequestAborted);
        return new LabReply(answer.HttpStatus, answer.Envelope);
    }

    private static (string? Prefix, string Path) Prefix(PathString path)
    {
        foreach (var prefix in (string[])[MovedPrefix, RedirectPrefix])
        {
            if (path.StartsWithSegments(prefix, out var rest))
                return (prefix, rest.Value ?? "");
        }

        return (null, path.Value ?? "");
    }

    private static (ServerName Server, EndpointKind Kind)? Target(string path)
    {
        if (path.Trim('/').Split('/') is not [var server, var endpoint] || !ServerName.TryParse(server, out var name))
            return null;
        return endpoint.ToUpperInvariant() switch
        {
            "POWERSHELL" => (name, EndpointKind.Exchange),
            "WSMAN" => (name, EndpointKind.Windows),
            _ => null,
        };
    }

    private int BackEnd(HttpContext context)
    {
        if (!options.Affinity)
            return 0;
        if (int.TryParse(context.Request.Cookies[BackEndCookie], out var known) && known is 0 or 1)
            return known;
        var chosen = Interlocked.Increment(ref _nextBackEnd) & 1;
        context.Response.Headers.Append("Set-Cookie", $"{BackEndCookie}={chosen}; path=/; HttpOnly");
        return chosen;
    }

    private async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var buffer = new byte[0x4000];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read)
        {
            if (body.Length + read > _mostBytes)
                return null;
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }
}
