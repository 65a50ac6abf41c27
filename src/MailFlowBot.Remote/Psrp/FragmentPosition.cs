namespace MailFlowBot.Remote.Psrp;

/// <summary>How far a <see cref="Defragmenter"/> has come, so that it can go back there.</summary>
internal struct FragmentPosition
{
    /// <summary>Bytes of the header that have arrived; all of them inside a blob.</summary>
    public int HeaderFilled;

    public FragmentHeader Fragment;

    public uint BlobLeft;

    /// <summary>True while the blob belongs to an object that was received before.</summary>
    public bool Skipping;

    public bool InsideObject;

    /// <summary>The object begun last.</summary>
    public ulong ObjectId;

    public ulong NextFragmentId;

    /// <summary>Bytes of that object in the buffer; known only where a position is kept.</summary>
    public int Filled;

    public long Total;
}
