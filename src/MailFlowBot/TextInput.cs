using System.Text;

namespace MailFlowBot;

/// <summary>A symptom text from a file or standard input, for the verbs that read one.</summary>
internal static class TextInput
{
    /// <param name="path">A file, or <c>-</c> for standard input.</param>
    /// <returns>Null after it was said why it cannot be opened.</returns>
    public static StreamReader? Open(string verb, string path)
    {
        try
        {
            // A byte order mark decides; Windows PowerShell redirects as UTF-16.
            return path == "-"
                ? new StreamReader(Console.OpenStandardInput(), Encoding.UTF8)
                : new StreamReader(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Console.Error.WriteLine($"{verb}: {path} cannot be opened: {fault.Message} Name a readable file, or - for standard input.");
            return null;
        }
    }

    /// <summary>All of it, or the first <paramref name="longest"/> UTF-16 units.</summary>
    public static async Task<string> ReadAsync(TextReader input, int longest, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var block = new char[16 * 1024];
        int count;
        while (text.Length < longest
            && (count = await input.ReadAsync(block.AsMemory(0, Math.Min(block.Length, longest - text.Length)), cancellationToken).ConfigureAwait(false)) > 0)
        {
            text.Append(block, 0, count);
        }

        return text.ToString();
    }
}
