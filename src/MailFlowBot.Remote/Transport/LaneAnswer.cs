namespace MailFlowBot.Remote.Transport;

/// <summary>What a lane brings back.</summary>
internal abstract record LaneAnswer
{
    private LaneAnswer()
    {
    }

    /// <summary>An envelope follows in the body.</summary>
    /// <param name="Response">To be disposed by whoever reads it.</param>
    internal sealed record Answered(HttpResponseMessage Response) : LaneAnswer
    {
        /// <summary>Decrypts the body; null when it is plain.</summary>
        public MessageEncryption? Encryption { get; init; }
    }

    /// <summary>The server is not the one to ask.</summary>
    internal sealed record Redirected(Uri Location) : LaneAnswer;
}
