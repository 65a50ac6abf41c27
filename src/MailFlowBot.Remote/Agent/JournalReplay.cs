using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Remote.Agent;

/// <summary>Reads a journal from its first line: every line whole, in order, each naming the hash of the one before.</summary>
internal static class JournalReplay
{
    public static (JournalState State, ChainHead Head, int Lines) Read(Stream stream, string name)
    {
        var state = JournalState.Empty;
        var head = ChainHead.Start;
        var lines = 0;
        foreach (var bytes in Lines(stream, name))
        {
            var line = Parse(bytes, name, lines + 1);
            if (line.Number != lines + 1)
                throw new JournalDamagedException(name, lines + 1, $"it is numbered {line.Number}; a line is missing or was moved");
            if (line.Previous != head)
                throw new JournalDamagedException(name, lines + 1, "it does not continue the line before");
            state = state.Apply(line.Entry, line.At);
            head = line.Hash;
            lines++;
        }

        return (state, head, lines);
    }

    private static JournalLine Parse(byte[] bytes, string name, int number)
    {
        try
        {
            return JournalLine.FromBytes(bytes);
        }
        catch (Exception fault) when (fault is ApprovalFormatException or CanonicalJsonException)
        {
            throw new JournalDamagedException(name, number, fault.Message.TrimEnd('.'), fault);
        }
    }

    private static IEnumerable<byte[]> Lines(Stream stream, string name)
    {
        using var line = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var number = 1;
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            for (var i = 0; i < read; i++)
            {
                if (buffer[i] == (byte)'\n')
                {
                    yield return line.ToArray();
                    line.SetLength(0);
                    number++;
                    continue;
                }

                if (line.Length >= StrictObject.MaxBytes)
                    throw new JournalDamagedException(name, number, $"it is longer than {StrictObject.MaxBytes} bytes");
                line.WriteByte(buffer[i]);
            }
        }

        if (line.Length > 0)
            throw new JournalDamagedException(name, number, "it has no end; the machine stopped while it was written");
    }
}
