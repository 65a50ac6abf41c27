using System.Globalization;
using System.Text;
using MailFlowBot.Remote.Wsman;

namespace MailFlowBot.Remote.Tests.Wsman;

/// <summary>Each fault that servers give has its reaction, whatever language its text is in.</summary>
public sealed class FaultTableTests
{
    public static TheoryData<uint, string, string> Rows => new()
    {
        { 0x80338029, "PollAgain", "None" },
        { 0x8033805B, "ShellGone", "None" },
        { 0x8033803D, "ShellGone", "None" },
        { 1726, "ShellGone", "None" },
        { 0x803381C4, "Reconnect", "None" },
        { 0x803381DE, "Taken", "None" },
        { 995, "Closed", "None" },
        { 1223, "Closed", "None" },
        { 0x8033803B, "Configuration", "None" },
        { 0x80338001, "Configuration", "None" },
        { 0x803381AC, "Configuration", "None" },
        { 0x803381A5, "Quota", "Shells" },
        { 0x803381E4, "Quota", "Shells" },
        { 0x803381A6, "Quota", "Operations" },
        { 0x803381E8, "Quota", "Operations" },
        { 0x803381E9, "Quota", "Commands" },
        { 0x803381E5, "Quota", "Users" },
        { 0x803381AB, "Quota", "Users" },
        { 0x803381E6, "Quota", "PluginShells" },
        { 0x803381E7, "Quota", "PluginOperations" },
        { 0x803381A7, "Quota", "Load" },
        { 0x803381A8, "Quota", "Load" },
        { 0x8033803F, "Quota", "None" },
        { 2150858790, "TooLarge", "None" },
        { 2150858824, "TooLarge", "None" },
        { 2150858825, "TooLarge", "None" },
        { 0x80338199, "Redirect", "None" },
        { 0x803381CD, "InUse", "None" },
        { 0x80540BB8, "Plugin", "None" },
        { 0x80540BBE, "Plugin", "None" },
        { 0x80540BC0, "Plugin", "None" },
        { 0x80540BC4, "Plugin", "None" },
        { 0x80540BC5, "Plugin", "None" },
        { 0x80540BC7, "Plugin", "None" },
        { 0x80540FA0, "Plugin", "None" },
        { 0x80540FA2, "Plugin", "None" },
        { 0x80540FA3, "Plugin", "None" },
        { 5, "Denied", "None" },
        { 1326, "Denied", "None" },
        { 183, "Unknown", "None" },
        { 0x80990001, "Unknown", "None" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_number_decides_the_reaction_in_any_language(uint code, string reaction, string quota)
    {
        foreach (var text in (string[])["The request failed.", "要求は失敗しました。", "Запрос не выполнен.", ""])
        {
            var fault = Read($"""<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="{code}"><f:Message>{text}</f:Message></f:WSManFault>""");

            Assert.Equal((code, reaction, quota), (fault.RawCode, fault.Reaction.ToString(), fault.Quota.ToString()));
            Assert.Equal(text.Length == 0 ? "Grund" : text, fault.Text);
        }
    }

    [Theory]
    [InlineData("w:TimedOut", "PollAgain")]
    [InlineData("wsman:InvalidSelectors", "ShellGone")]
    [InlineData("w:AccessDenied", "Denied")]
    [InlineData("w:QuotaLimit", "Quota")]
    [InlineData("w:EncodingLimit", "TooLarge")]
    [InlineData("a:DestinationUnreachable", "Configuration")]
    [InlineData("a:ActionNotSupported", "Configuration")]
    [InlineData("w:Odd", "Unknown")]
    public void Without_a_number_the_subcode_decides(string subcode, string reaction) =>
        Assert.Equal(reaction, Read(string.Empty, subcode).Reaction.ToString());

    [Fact]
    public void The_text_of_a_provider_and_its_name_are_read_from_the_detail()
    {
        var fault = Read("""
            <f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="2152992672" Machine="ex01"><f:Message>
            <f:ProviderFault provider="microsoft.powershell" path="%systemroot%\system32\pwrshplugin.dll">Access to the path was refused.</f:ProviderFault>
            </f:Message></f:WSManFault>
            """);

        Assert.Equal(("microsoft.powershell", "Access to the path was refused."), (fault.Provider, fault.Text));
    }

    [Theory]
    [InlineData("<p:Location xmlns:p='urn:x'>https://ex02.contoso.example/PowerShell/</p:Location>", "moved")]
    [InlineData("<x/>", "Go to https://ex02.contoso.example/PowerShell/.")]
    public void A_redirect_says_where_to(string detail, string text)
    {
        var fault = Read(
            $"""<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="2150859161"><f:Message>{text}</f:Message></f:WSManFault>{detail}""");

        Assert.Equal("https://ex02.contoso.example/PowerShell/", fault.Location?.TrimEnd('.'));
    }

    [Theory]
    [InlineData("2150859161", "nowhere, http is only a word, httpx://no")]
    [InlineData("2150859161", "file:///etc/passwd")]
    [InlineData("5", "see https://ex02.contoso.example/")]
    public void What_is_no_place_is_not_taken_for_one(string code, string text) => Assert.Null(Read(
        $"""<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="{code}"><f:Message>{text}</f:Message></f:WSManFault>""").Location);

    [Fact]
    public void What_our_server_says_of_a_redirect_and_an_owner_is_read_again()
    {
        var fault = new WsmanFault(WsmanFaultCode.RedirectRequested, "Odd", "elsewhere") { Location = "https://a.example/", Owner = "CONTOSO\\x" };

        Assert.Equal(fault, Assert.IsType<WsmanResponse.Faulted>(ResponseReader.Read(ResponseWriter.Write(
            new WsmanResponse.Faulted(new MessageId("uuid:1"), null, fault)))).Fault);
    }

    private static WsmanFault Read(string detail, string subcode = "w:Other") => Assert.IsType<WsmanResponse.Faulted>(ResponseReader.Read(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
            <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"><s:Header/><s:Body><s:Fault><s:Code><s:Value>s:Sender</s:Value>
            <s:Subcode><s:Value>{subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="de-DE">Grund</s:Text></s:Reason>
            <s:Detail>{detail}</s:Detail></s:Fault></s:Body></s:Envelope>
            """)))).Fault;
}
