namespace MailFlowBot.Skills.LegacyRouting;

/// <summary>
/// The article and the names of its parts, as findings cite them. It carries no number: "Troubleshooting Mail Flow from Exchange 2007 to
/// Exchange 2003 When E-Mail Messages are Stuck in the Queue".
/// </summary>
internal static class RoutingArticle
{
    public const string Id = "Exchange 2007 mail flow to Exchange 2003";
    public const string Cause = "Cause";
    public const string Inheritance = "Resolution, method 1";
    public const string FolderHierarchies = "Resolution, method 2";
    public const string ExplicitAllow = "Resolution, method 3";
}
