namespace MailFlowBot.Skills.MissingSmtpVerbs;

/// <summary>The article and the names of its parts, as findings cite them.</summary>
internal static class VerbsArticle
{
    public const string Id = "KB822939";
    public const string Troubleshoot = "Resolution, step 1";
    public const string Cause = "Cause";
}
