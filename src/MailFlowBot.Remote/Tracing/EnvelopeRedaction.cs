namespace MailFlowBot.Remote.Tracing;

/// <summary>Takes out of the envelopes of one direction what must not be in a trace; lengths and structure stay.</summary>
internal sealed class EnvelopeRedaction
{
    // Arbitrary; beyond it payloads are blanked, since the state of a stream would be missing.
    private const int MaxStreams = 4096;

    private readonly Dictionary<string, FragmentWalk> _streams = [];

    public string Redact(string envelope) => EnvelopeText.ChangePayloads(EnvelopeText.MaskPeople(envelope), (command, stream, bytes) =>
    {
        // Arguments and stdin carry on one another's fragments; the answers to prompts go their own way.
        var key = command + (stream == "pr" ? "|pr" : "");
        if (!_streams.TryGetValue(key, out var walk))
        {
            if (_streams.Count >= MaxStreams)
            {
                Array.Clear(bytes);
                return;
            }

            var mask = new ClixmlMask();
            _streams[key] = walk = new FragmentWalk((_, _) => { }, mask.Take);
        }

        walk.Take(bytes);
    });

    /// <summary>An envelope that was sent before: its fragments would be taken for the next ones.</summary>
    public static string Blank(string envelope) => EnvelopeText.ChangePayloads(EnvelopeText.MaskPeople(envelope), (_, _, bytes) => Array.Clear(bytes));
}
