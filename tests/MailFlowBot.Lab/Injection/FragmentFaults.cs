using System.Text;
using MailFlowBot.Lab.Http;
using MailFlowBot.Remote.Psrp;

namespace MailFlowBot.Lab.Injection;

/// <summary>Faults inside the streams: PSRP's fragments, messages and CLIXML.</summary>
internal static class FragmentFaults
{
    private const int Deep = 10_000;
    private const int MessageHeader = 40;

    public static IReadOnlyList<LabFault> All { get; } =
    [
        Parts("fragments-out-of-order", "An object's second fragment comes before its first.", parts => [parts[1], parts[0], parts[2]]),
        Parts("fragment-duplicated", "An object's first fragment comes twice.", parts => [parts[0], parts[0], parts[1], parts[2]]),
        Parts("fragment-gap", "An object's middle fragment is missing.", parts => [parts[0], parts[2]]),
        Parts("fragment-unfinished", "An object's last fragment is missing, and the next object begins.", parts => [parts[0], parts[1]]),
        Parts("fragment-oversized", "A fragment announces 2 GB.", parts => [parts[0], parts[1] with { AnnouncedLength = int.MaxValue }]),
        Parts("fragment-negative", "A fragment announces a negative length.", parts => [parts[0] with { AnnouncedLength = 0xFFFFFFFF }]),
        Parts("fragment-empty", "An object's first fragment is empty and without its start.", parts =>
            [parts[0] with { Flags = 0, Blob = [] }, parts[1], parts[2]]),
        Message("clixml-malformed", "An output's CLIXML ends too early.", MessageType.PipelineOutput, text => text[..(text.Length / 2)]),
        Message("clixml-deep", "An output's CLIXML is ten thousand deep.", MessageType.PipelineOutput, _ =>
            string.Concat(Enumerable.Repeat("<Obj RefId=\"0\"><LST>", Deep)) + string.Concat(Enumerable.Repeat("</LST></Obj>", Deep))),
        Message("clixml-entities", "An output's CLIXML declares entities.", MessageType.PipelineOutput, _ =>
            "<!DOCTYPE S [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><S>&b;</S>"),
        Message("clixml-cycle", "An output that contains itself.", MessageType.PipelineOutput, _ =>
            "<Obj RefId=\"0\"><LST><Ref RefId=\"0\"/></LST></Obj>"),
        Message("clixml-dangling", "An output that refers to what is not there.", MessageType.PipelineOutput, _ =>
            "<Obj RefId=\"0\"><LST><Ref RefId=\"7\"/></LST></Obj>"),
        new LabFault.OfAnswer("no-pipeline-state", "The pipeline's last message is missing; Done comes.", LabAction.CommandReceive, envelope =>
            AnswerStreams.Change(envelope, fragments => fragments.Any(Is(MessageType.PipelineState))
                ? fragments.Where(fragment => !Is(MessageType.PipelineState)(fragment))
                : null)),
        new LabFault.OfAnswer("version-mismatch", "The server speaks protocol 3.0, and then nothing.", LabAction.PoolReceive, envelope =>
            AnswerStreams.Change(envelope, fragments => fragments.FirstOrDefault(Is(MessageType.SessionCapability)) is { } capability
                ? [With(capability, text => text.Replace(">2.3<", ">3.0<", StringComparison.Ordinal))]
                : null)),
        Retyped("unknown-message", "An output comes as a message of a type that nobody knows.", 0x00041FFF),
        Retyped("wrong-message", "An output comes as a pool's message.", (uint)MessageType.RunspacePoolState),
    ];

    private static Func<WireFragment, bool> Is(MessageType type) => fragment => fragment.IsWhole && fragment.MessageType == (uint)type;

    /// <summary>Cuts the first whole object into three fragments, which <paramref name="change"/> puts together wrongly.</summary>
    private static LabFault.OfAnswer Parts(
        string name, string text, Func<IReadOnlyList<WireFragment>, IEnumerable<WireFragment>> change) =>
        new(name, text, LabAction.CommandReceive, envelope => AnswerStreams.Change(envelope, fragments =>
        {
            var index = fragments.FindIndex(fragment => fragment.IsWhole && fragment.Blob.Length > MessageHeader);
            return index < 0 ? null : fragments.Take(index).Concat(change(fragments[index].Split(3))).Concat(fragments.Skip(index + 1));
        }));

    /// <summary>Changes the CLIXML of the first whole message of a type.</summary>
    private static LabFault.OfAnswer Message(string name, string text, MessageType type, Func<string, string> change) =>
        new(name, text, LabAction.CommandReceive, envelope => AnswerStreams.Change(envelope, fragments =>
        {
            var index = fragments.FindIndex(fragment => Is(type)(fragment));
            if (index < 0)
                return null;
            fragments[index] = With(fragments[index], change);
            return fragments;
        }));

    private static LabFault.OfAnswer Retyped(string name, string text, uint type) =>
        new(name, text, LabAction.CommandReceive, envelope => AnswerStreams.Change(envelope, fragments =>
        {
            var index = fragments.FindIndex(fragment => Is(MessageType.PipelineOutput)(fragment));
            if (index < 0)
                return null;
            fragments[index] = Typed(fragments[index], type);
            return fragments;
        }));

    private static WireFragment With(WireFragment message, Func<string, string> change) => message with
    {
        Blob =
        [
            .. message.Blob.AsSpan(0, MessageHeader),
            .. Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(message.Blob.AsSpan(MessageHeader)).TrimStart('\uFEFF'))),
        ],
    };

    private static WireFragment Typed(WireFragment message, uint type)
    {
        var blob = message.Blob.ToArray();
        BitConverter.TryWriteBytes(blob.AsSpan(4), type);
        return message with { Blob = blob };
    }
}
