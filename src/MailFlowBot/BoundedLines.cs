using System.Runtime.CompilerServices;
using System.Text;

namespace MailFlowBot;

/// <summary>
/// Lines of any input in bounded memory: of a line that is too long only the beginning is kept, and told apart.
/// </summary>
internal static class BoundedLines
{
    private const int BlockLength = 16 * 1024;

    /// <summary>
    /// Lines without their end (LF or CR LF); not complete when longer than <paramref name="longest"/> UTF-16 units.
    /// </summary>
    public static async IAsyncEnumerable<(string Line, bool Complete)> Of(
        TextReader input, int longest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var complete = true;
        var block = new char[BlockLength];
        int count;
        while ((count = await input.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
        {
            for (var from = 0; from < count;)
            {
                var end = Array.IndexOf(block, '\n', from, count - from);
                var length = (end < 0 ? count : end) - from;
                var room = Math.Min(length, longest - line.Length);
                line.Append(block, from, room);
                complete &= room == length;
                from += length + 1;
                if (end < 0)
                    continue;
                yield return (Taken(line), complete);
                line.Clear();
                complete = true;
            }
        }

        if (line.Length > 0)
            yield return (Taken(line), complete);
    }

    private static string Taken(StringBuilder line)
    {
        var length = line.Length > 0 && line[^1] == '\r' ? line.Length - 1 : line.Length;
        return line.ToString(0, length);
    }
}
