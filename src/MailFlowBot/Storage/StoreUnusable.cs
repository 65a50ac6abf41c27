namespace MailFlowBot.Storage;

/// <summary>Why a store cannot be used.</summary>
internal enum StoreFault
{
    /// <summary>The bytes are not what was written: damaged, cut, or changed by something else.</summary>
    Damaged,

    /// <summary>A database of another program.</summary>
    Foreign,

    /// <summary>Written by a newer version of this program.</summary>
    Newer,

    /// <summary>Another process holds it and does not let go.</summary>
    Locked,

    /// <summary>It cannot be reached, read or written: rights, a missing disk, no space.</summary>
    Unreachable,
}

/// <summary>
/// The incident log cannot be used as it is. Nothing was changed, and no new log was put in its place: the record of who approved what
/// would be gone without a word. The process ends with exit code 3.
/// </summary>
/// <param name="location">Path of the file or name of the database.</param>
/// <param name="what">What is wrong, as a sentence without its full stop.</param>
/// <param name="remedy">What to do, as a whole sentence.</param>
internal sealed class StoreUnusable(StoreFault fault, string location, string what, string remedy, Exception? inner = null)
    : Exception($"The incident log {location} cannot be used: {what}. {remedy}", inner)
{
    public StoreFault Fault { get; } = fault;

    public string Location { get; } = location;
}
