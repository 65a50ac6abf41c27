using System.Text;
using MailFlowBot.Lab.Http;

namespace MailFlowBot.Lab.Injection;

/// <summary>Faults of the socket and of HTTP's framing.</summary>
internal static class ConnectionFaults
{
    private const long Gigabyte = 1L << 30;

    private static readonly TimeSpan Drip = TimeSpan.FromMilliseconds(200);

    public static IReadOnlyList<LabFault> All { get; } =
    [
        new LabFault.BeforeReading(
            "drop-before-reading", "The connection is cut before the request's body is read.", scene => scene.DropAsync()),
        new LabFault.Instead(
            "drop-after-reading", "The request is read and never acted on; the connection is cut.", LabAction.Command, scene => scene.DropAsync()),
        new LabFault.OfReply(
            "drop-before-answering", "The request is acted on; the connection is cut before the answer.", LabAction.Command,
            (scene, _) => scene.DropAsync()),
        new LabFault.OfReply(
            "drop-inside-answer", "The connection is cut in the middle of the answer.", LabAction.CommandReceive, (scene, reply) =>
                SendPartAsync(scene, reply, reply.Body.Length)),
        new LabFault.OfReply(
            "silence", "The request is acted on and never answered; the connection stays open.", LabAction.CommandReceive,
            (scene, _) => scene.StaySilentAsync()),
        new LabFault.OfReply(
            "truncated-body", "Chunked without an end: half of the answer, then the connection closes.", LabAction.CommandReceive,
            (scene, reply) => SendChunkAsync(scene, reply)),
        new LabFault.OfReply(
            "length-too-small", "Content-Length says a hundred bytes less than there are.", LabAction.CommandReceive, async (scene, reply) =>
            {
                await scene.WriteHeadAsync(reply, reply.Body.Length - 100);
                await scene.WriteRawAsync(reply.Body);
                await scene.LingerAndDropAsync();
            }),
        new LabFault.OfReply(
            "length-too-large", "Content-Length says a hundred bytes more than there are; the connection stays open.",
            LabAction.CommandReceive, async (scene, reply) =>
            {
                await scene.WriteHeadAsync(reply, reply.Body.Length + 100);
                await scene.WriteRawAsync(reply.Body);
                await scene.StaySilentAsync();
            }),
        new LabFault.OfReply(
            "gigabyte-announced", "Content-Length says 1 GB.", LabAction.CommandReceive, async (scene, reply) =>
            {
                await scene.WriteHeadAsync(reply, Gigabyte);
                await scene.WriteRawAsync(reply.Body);
                await scene.StaySilentAsync();
            }),
        new LabFault.OfReply(
            "endless-answer", "The answer is followed by blanks that never end.", LabAction.CommandReceive, EndlessAsync),
        new LabFault.OfReply(
            "slow-drip", "The answer comes byte by byte, five in a second.", LabAction.CommandReceive, async (scene, reply) =>
            {
                await scene.WriteHeadAsync(reply, reply.Body.Length);
                for (var i = 0; i < reply.Body.Length && await scene.WaitAsync(Drip); i++)
                    await scene.WriteRawAsync(reply.Body.Slice(i, 1));
                await scene.LingerAndDropAsync();
            }),
        new LabFault.OfCertificate("expired-certificate", "TLS shows a certificate that ended yesterday."),
    ];

    private static async Task SendPartAsync(FaultScene scene, LabReply reply, long announced)
    {
        await scene.WriteHeadAsync(reply, announced);
        await scene.WriteRawAsync(reply.Body[..(reply.Body.Length / 2)]);
        await scene.LingerAndDropAsync();
    }

    private static async Task SendChunkAsync(FaultScene scene, LabReply reply)
    {
        var half = reply.Body[..(reply.Body.Length / 2)];
        await scene.WriteHeadAsync(reply, null);
        await scene.WriteRawAsync(Encoding.ASCII.GetBytes($"{half.Length:X}\r\n"));
        await scene.WriteRawAsync(half);
        await scene.WriteRawAsync("\r\n"u8.ToArray());
        await scene.LingerAndDropAsync();
    }

    private static async Task EndlessAsync(FaultScene scene, LabReply reply)
    {
        var blanks = Encoding.ASCII.GetBytes(new string(' ', 0x4000));
        await scene.WriteHeadAsync(reply, null);
        await ChunkAsync(scene, reply.Body);
        while (!scene.Gone.IsCancellationRequested)
            await ChunkAsync(scene, blanks);
        await scene.DropAsync();
    }

    private static async Task ChunkAsync(FaultScene scene, ReadOnlyMemory<byte> content)
    {
        await scene.WriteRawAsync(Encoding.ASCII.GetBytes($"{content.Length:X}\r\n"));
        await scene.WriteRawAsync(content);
        await scene.WriteRawAsync("\r\n"u8.ToArray());
    }
}
