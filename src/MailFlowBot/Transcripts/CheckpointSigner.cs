using System.Text.Json.Nodes;
using MailFlowBot.Incidents;
using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Transcripts;

/// <summary>
/// Signs the chain of an incident up to its last event. Events before a checkpoint can then be neither changed nor removed by somebody who
/// can write the log but does not hold the key.
/// </summary>
internal static class CheckpointSigner
{
    /// <summary>The event to append directly behind <paramref name="last"/>, and nowhere else.</summary>
    public static Checkpoint Sign(RecordedEvent last, ApprovalKey key)
    {
        var document = Document(last.Incident.ToString(), last.Sequence, last.Hash);
        return new Checkpoint(last.Hash, key.Id.Value, key.Sign(SigningPurpose.Transcript, document).Value);
    }

    /// <param name="incident">Such as <c>INC-7</c>.</param>
    /// <param name="sequence">Number of the event before the checkpoint.</param>
    public static bool Holds(string incident, long sequence, Checkpoint checkpoint, TrustedKey key) =>
        checkpoint.KeyId == key.Id.Value
        && SignatureText.Read(checkpoint.Signature) is { } signature
        && key.Verifies(SigningPurpose.Transcript, Document(incident, sequence, checkpoint.Head), signature);

    private static byte[] Document(string incident, long sequence, string head) => CanonicalJson.Serialize(new JsonObject
    {
        ["checkpoint"] = new JsonObject { ["head"] = head, ["incident"] = incident, ["sequence"] = sequence },
    });
}
