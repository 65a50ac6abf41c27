namespace MailFlowBot.Channels.Teams;

/// <summary>What is wrong with a token. The caller is told 401 and nothing else; the log has the word.</summary>
internal enum TokenFault
{
    HeaderMissing,
    HeaderRepeated,
    NotBearer,
    TooLong,
    NotThreeParts,
    HeaderUnreadable,
    AlgorithmNotAllowed,
    CriticalExtension,
    KeyIdMissing,
    KeyUnknown,
    SignatureWrong,
    ClaimsUnreadable,
    IssuerWrong,
    AudienceWrong,
    ExpiryMissing,
    Expired,
    StartMissing,
    NotYetValid,
    ServiceUrlMissing,
    ServiceUrlDiffers,
    KeyNotEndorsed,
}
