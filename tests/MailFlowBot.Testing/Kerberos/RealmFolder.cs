using System.Globalization;

namespace MailFlowBot.Testing.Kerberos;

/// <summary>The files of a realm.</summary>
internal sealed class RealmFolder
{
    private RealmFolder(string path, int port)
    {
        Path = path;
        Port = port;
    }

    public string Path { get; }

    public int Port { get; }

    public string Configuration => In("krb5.conf");

    public string Keytab => In("services.keytab");

    public string Cache => In("operator.cache");

    public IReadOnlyDictionary<string, string> KdcEnvironment => new Dictionary<string, string>
    {
        ["KRB5_CONFIG"] = Configuration,
        ["KRB5_KDC_PROFILE"] = In("kdc.conf"),
    };

    public static RealmFolder Create(int port)
    {
        var folder = new RealmFolder(Directory.CreateTempSubdirectory("mailflowbot-realm-").FullName, port);
        var address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

        // TCP first, no names from DNS: nothing of the machine's own configuration may leak in.
        File.WriteAllText(folder.Configuration, $$"""
            [libdefaults]
              default_realm = {{LabKdc.Realm}}
              dns_lookup_kdc = false
              dns_lookup_realm = false
              dns_canonicalize_hostname = false
              rdns = false
              udp_preference_limit = 1
              forwardable = true
            [realms]
              {{LabKdc.Realm}} = {
                kdc = {{address}}
              }
            [domain_realm]
              localhost = {{LabKdc.Realm}}
              .lab.mailflowbot.example = {{LabKdc.Realm}}
            """);
        File.WriteAllText(folder.In("kdc.conf"), $$"""
            [kdcdefaults]
              kdc_listen = {{address}}
              kdc_tcp_listen = {{address}}
            [realms]
              {{LabKdc.Realm}} = {
                database_name = {{folder.In("principal")}}
                key_stash_file = {{folder.In("stash")}}
                acl_file = {{folder.In("kadm5.acl")}}
                supported_enctypes = aes256-cts:normal aes128-cts:normal
                max_life = 10h
              }
            [logging]
              kdc = FILE:{{folder.In("kdc.log")}}
            """);
        return folder;
    }

    public void Delete() => Directory.Delete(Path, recursive: true);

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
