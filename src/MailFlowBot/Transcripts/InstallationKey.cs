using MailFlowBot.Remote.Approvals;

namespace MailFlowBot.Transcripts;

/// <summary>The key with which this installation signs, in its data folder.</summary>
internal static class InstallationKey
{
    public const string FileName = "signing-key.pem";

    /// <summary>Loads the key, or makes one where there is none; only the owner of the process can read the file.</summary>
    /// <exception cref="ApprovalFormatException">The file holds no such key. It is never replaced.</exception>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be read or written.</exception>
    public static ApprovalKey LoadOrCreate(string path)
    {
        if (File.Exists(path))
            return ApprovalKey.Load(path);
        var key = ApprovalKey.Create();
        try
        {
            key.Save(path);
            return key;
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process of this installation made one in this moment: that one counts.
            key.Dispose();
            return ApprovalKey.Load(path);
        }
    }
}
