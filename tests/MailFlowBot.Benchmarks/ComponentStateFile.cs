using System.Globalization;
using System.Text;

namespace MailFlowBot.Benchmarks;

/// <summary>
/// An export of invented component states in the shape of a real one: type names once, then references; an identity with a long
/// distinguished name; and the SerializationData that Exchange adds, which is most of the bytes and is dropped.
/// </summary>
internal static class ComponentStateFile
{
    private const string Server = "EX01";
    private const string Domain = "corp.example";
    private const string StateType = "Microsoft.Exchange.Data.Directory.Management.ServerComponentStatePresentationObject";
    private const int Components = 34;

    public static byte[] Create()
    {
        var text = new StringBuilder("<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">\n");
        for (var component = 0; component < Components; component++)
            Append(text, component);
        return Encoding.UTF8.GetBytes(text.Append("</Objs>").ToString());
    }

    private static void Append(StringBuilder text, int component)
    {
        var id = component * 8;
        var name = string.Create(CultureInfo.InvariantCulture, $"Component{component:D2}");
        text.Append(CultureInfo.InvariantCulture, $"  <Obj RefId=\"{id}\">\n")
            .Append(Types(component, 0, StateType, "Microsoft.Exchange.Data.ConfigurableObject"))
            .Append(CultureInfo.InvariantCulture, $"    <ToString>{StateType}</ToString>\n    <Props>\n")
            .Append(CultureInfo.InvariantCulture, $"      <S N=\"ServerFqdn\">{Server}.{Domain}</S>\n      <S N=\"Component\">{name}</S>\n")
            .Append(Enumeration(component, id + 1, 1, "State", "Microsoft.Exchange.Data.ServiceState", "Active", 1))
            .Append("      <B N=\"ServerWideOfflineIsOffline\">false</B>\n")
            .Append(States(component, id + 2, "RemoteStates"))
            .Append(States(component, id + 3, "LocalStates"))
            .Append(Identity(component, id + 4))
            .Append("      <B N=\"IsValid\">true</B>\n")
            .Append(Enumeration(component, id + 5, 4, "ObjectState", "Microsoft.Exchange.Data.ObjectState", "New", 0))
            .Append("    </Props>\n    <MS>\n      <S N=\"PSComputerName\">ex01.corp.example</S>\n")
            .Append("      <G N=\"RunspaceId\">5b9d6d5e-6b63-4f19-9a0e-0d9be7a4c101</G>\n      <B N=\"PSShowComputerName\">false</B>\n")
            .Append(Blob(5600, component))
            .Append("    </MS>\n  </Obj>\n");
    }

    private static string Types(int component, int id, params string[] names)
    {
        if (component > 0)
            return string.Create(CultureInfo.InvariantCulture, $"      <TNRef RefId=\"{id}\" />\n");
        var list = string.Concat(names.Append("System.Object").Select(name => $"        <T>{name}</T>\n"));
        return string.Create(CultureInfo.InvariantCulture, $"      <TN RefId=\"{id}\">\n{list}      </TN>\n");
    }

    private static string Enumeration(int component, int id, int types, string name, string type, string text, int number) => string.Create(
        CultureInfo.InvariantCulture,
        $"      <Obj N=\"{name}\" RefId=\"{id}\">\n{Types(component, types, type, "System.Enum", "System.ValueType")}"
        + $"        <ToString>{text}</ToString>\n        <I32>{number}</I32>\n      </Obj>\n");

    private static string States(int component, int id, string name)
    {
        const string Requester = "Microsoft.Exchange.Data.Directory.Management.ServerComponentStatePresentationObject+RequesterDetails";
        var list = component == 0 && name == "RemoteStates"
            ? Types(0, 2, $"System.Collections.Generic.List`1[[{Requester}, Microsoft.Exchange.Data.Directory, Version=15.0.0.0]]")
            : Types(1, 2);
        return string.Create(CultureInfo.InvariantCulture, $"      <Obj N=\"{name}\" RefId=\"{id}\">\n{list}        <LST />\n      </Obj>\n");
    }

    private static string Identity(int component, int id) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
              <Obj N="Identity" RefId="{id}">
        {Types(component, 3, "Microsoft.Exchange.Data.Directory.ADObjectId", "Microsoft.Exchange.Data.ObjectId")}        <ToString>{Server}</ToString>
                <Props>
                  <Nil N="OrgHierarchyToIgnore" />
                  <B N="IsDeleted">false</B>
                  <S N="Rdn">CN={Server}</S>
                  <S N="Parent">Servers</S>
                  <I32 N="Depth">9</I32>
                  <S N="DistinguishedName">CN={Server},CN=Servers,CN=Exchange Administrative Group (FYDIBOHF23SPDLT),CN=Administrative Groups,CN=Corp,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=corp,DC=example</S>
                  <B N="IsRelativeDn">false</B>
                  <S N="DomainId">{Domain}</S>
                  <G N="PartitionGuid">0c5d3a83-52f0-4a6e-8f2e-7a1c9d0f6b22</G>
                  <S N="PartitionFQDN">{Domain}</S>
                  <G N="ObjectGuid">9e1f2d47-3b8c-4d5a-b6e7-1f0a2c3d4e5f</G>
                  <S N="Name">{Server}</S>
                </Props>
                <MS>
        {Blob(1700, component)}        </MS>
              </Obj>

        """);

    // Bytes of no meaning, so that nothing of a real serialisation stands here.
    private static string Blob(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return $"      <BA N=\"SerializationData\">{Convert.ToBase64String(bytes)}</BA>\n";
    }
}
