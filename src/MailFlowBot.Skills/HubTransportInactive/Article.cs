namespace MailFlowBot.Skills.HubTransportInactive;

/// <summary>The article and the names of its parts, as findings cite them.</summary>
internal static class Article
{
    public const string Id = "KB2866822";
    public const string Cause = "Cause";
    public const string Resolution1 = "Resolution, step 1";
    public const string Resolution2 = "Resolution, step 2";
    public const string ResolutionBoth = "Resolution, steps 1 and 2";
    public const string Verify = "Verify that a server is inactive";
}
