using System.IO.Compression;
using MailFlowBot.Lab.Http;

namespace MailFlowBot.Lab.Injection;

/// <summary>Answers that are good HTTP and no WSMan, as front ends, proxies and application pools give them.</summary>
internal static class HttpFaults
{
    private static readonly (string, string)[] Offers = [("WWW-Authenticate", "Negotiate"), ("WWW-Authenticate", "Kerberos")];

    public static IReadOnlyList<LabFault> All { get; } =
    [
        Instead("unauthorized", "401 again and again, whatever proof is shown.", LabAction.Create, _ =>
            LabReply.Empty(401, [.. Offers, ("WWW-Authenticate", "Basic realm=\"WSMAN\"")])),
        Instead("clock-skew", "The server's clock is an hour behind: it answers a ticket with Kerberos' error 37.", LabAction.Handshake, scene =>
            LabReply.Empty(401, [.. scene.Scheme is { } scheme
                ? [("WWW-Authenticate", $"{scheme} {Convert.ToBase64String(SkewAnswer.For(scheme))}")]
                : Offers])),
        Instead("forbidden", "403: the account may not use this endpoint.", LabAction.Create, _ => LabReply.Page(403, "Forbidden")),
        Instead("not-found", "404: no such virtual directory.", LabAction.Create, _ => LabReply.Page(404, "Not Found")),
        Instead("redirect-loop", "302 to itself.", LabAction.Create, scene => LabReply.Empty(302, ("Location", scene.Path))),
        Instead("redirect-away", "302 to another host.", LabAction.Create, _ =>
            LabReply.Empty(302, ("Location", "https://elsewhere.invalid/PowerShell/"))),
        Instead("redirect-down", "302 from wherever to plain HTTP on another host name.", LabAction.Create, _ =>
            LabReply.Empty(302, ("Location", "http://elsewhere.invalid/PowerShell/"))),
        Instead("unavailable", "503 with Retry-After of one second: the application pool is down.", LabAction.Create, _ =>
            LabReply.Page(503, "Service Unavailable") with { Headers = [("Retry-After", "1")] }),
        Instead("html-ok", "200 with a page of HTML.", LabAction.Command, _ => LabReply.Page(200, "Sign in")),
        Instead("html-error", "500 with a page of HTML.", LabAction.Command, _ => LabReply.Page(500, "Runtime Error")),
        Instead("empty-ok", "200 without a body.", LabAction.Command, _ => LabReply.Empty(200)),
        new LabFault.OfReply("gzip", "The answer is compressed though nobody asked for it.", LabAction.CommandReceive, (scene, reply) =>
            scene.ReplyAsync(reply with { Body = Compressed(reply.Body), Headers = [.. reply.Headers, ("Content-Encoding", "gzip")] })),
        new LabFault.OfReply("text-type", "A good answer that says it is text/plain.", LabAction.CommandReceive, (scene, reply) =>
            scene.ReplyAsync(reply with { ContentType = "text/plain" })),
    ];

    private static LabFault.Instead Instead(string name, string text, LabAction aim, Func<FaultScene, LabReply> reply) =>
        new(name, text, aim, scene => scene.ReplyAsync(reply(scene)));

    private static byte[] Compressed(ReadOnlyMemory<byte> body)
    {
        using var to = new MemoryStream();
        using (var gzip = new GZipStream(to, CompressionLevel.Fastest))
            gzip.Write(body.Span);
        return to.ToArray();
    }
}
