using System.Security.Cryptography;
using System.Text;
using SearchCluster.Artifacts.Data;
using SearchCluster.Models.Attempts;
using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Registry;
using SearchCluster.Models.Execution;

namespace SearchCluster.Models.Tests.Data.Registry;

public sealed class DataRegistryTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("searchcluster-registry-").FullName;
    private readonly DataRegistry _registry;

    public DataRegistryTests() => _registry = new(Path.Combine(_folder, "state"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_hash_of_a_file_is_that_of_sha256sum_and_of_a_folder_that_of_its_manifest()
    {
        Write("set/b.csv", "b");
        Write("set/a/c.csv", "c");
        Write("set/.hidden", "h");
        Write("set/__MACOSX/x", "x");

        var folder = Manifest("set");
        var expected = $"{Hash("c")}  a/c.csv\n{Hash("b")}  b.csv\n";

        folder.ToString().ShouldBe(expected);
        folder.HashOf(isFolder: true).ShouldBe(Hash(expected));
        folder.Bytes.ShouldBe(2);
        Manifest("set/b.csv").HashOf(isFolder: false).ShouldBe(Hash("b"));
    }

    [Fact]
    public void The_same_files_elsewhere_have_the_same_hash()
    {
        Write("one/a.csv", "1");
        Write("two/a.csv", "1");

        Manifest("one").HashOf(isFolder: true).ShouldBe(Manifest("two").HashOf(isFolder: true));
    }

    [Fact]
    public void What_is_registered_is_there_for_another_process()
    {
        Write("rows.csv", "a,b\n1,x\n");
        var added = Add("rows", "rows.csv", DataFormat.Csv);

        new DataRegistry(Path.Combine(_folder, "state")).List().ShouldBe([added]);
        added.ShouldBe(
            new("rows", Full("rows.csv"), DataFormat.Csv, Hash("a,b\n1,x\n"), 1, 8, Now, File.GetLastWriteTimeUtc(Full("rows.csv"))));
    }

    [Fact]
    public void A_name_becomes_a_path_with_the_format()
    {
        Write("rows.txt", "a,b\n1,x\n");
        var added = Add("rows", "rows.txt", DataFormat.Csv);

        _registry.Resolve(Spec("rows")).ShouldBe(new(Full("rows.txt"), null, new(), Format: DataFormat.Csv));
        _registry.Resolve(Spec("rows") with { Format = DataFormat.Text, Sha256 = added.Sha256 }).Format.ShouldBe(DataFormat.Text);
        var path = new DataSpec("./rows.txt", null, new());
        _registry.Resolve(path).ShouldBeSameAs(path);
    }

    [Fact]
    public void Bytes_are_compared_when_the_file_was_written_again()
    {
        Write("rows.csv", "a,b\n1,x\n");
        Add("rows", "rows.csv", null);

        File.SetLastWriteTimeUtc(Full("rows.csv"), Now.UtcDateTime);
        _registry.Resolve(Spec("rows")).Source.ShouldBe(Full("rows.csv"));

        Write("rows.csv", "a,b\n2,x\n");
        File.SetLastWriteTimeUtc(Full("rows.csv"), Now.UtcDateTime.AddHours(1));
        Should.Throw<DataException>(() => _registry.Resolve(Spec("rows"))).Code.ShouldBe("SC3018");
    }

    [Fact]
    public void Hidden_files_are_no_part_of_a_folder()
    {
        Write("set/a.csv", "a,b\n1,x\n");
        Write("set/.index", "cache");
        var added = Add("set", "set", DataFormat.Csv);

        FileStamp.Of(Full("set")).ShouldBe(added.Stamp, "so nothing is hashed before each search");
        Write("set/.index", "another cache");
        FileStamp.Of(Full("set")).ShouldBe(added.Stamp);
        _registry.Verify(added, null, CancellationToken.None).ShouldBeEmpty();
    }

    [Fact]
    public void Another_hash_than_the_specs_is_refused()
    {
        Write("rows.csv", "a,b\n1,x\n");
        Add("rows", "rows.csv", null);

        Should.Throw<DataException>(() => _registry.Resolve(Spec("rows") with { Sha256 = Hash("else") })).Message
            .ShouldContain(Hash("else"));
    }

    [Theory]
    [InlineData("lost")]
    [InlineData("../rows")]
    [InlineData("")]
    public void A_name_that_is_not_there_tells_how_to_register_it(string name)
    {
        var refused = Should.Throw<DataException>(() => _registry.Resolve(Spec(name)));

        refused.Code.ShouldBe("SC3014");
        refused.Message.ShouldContain("searchcluster data add");
    }

    [Theory]
    [InlineData("{ not json", "line 1, column 3: this is not JSON.")]
    [InlineData("{\"name\": \"\\ud800\"}", "line 1, column 10: an escape \\u names half a character.")]
    [InlineData("{\"name\": \"a\",\n\"name\": \"b\"}", "line 2, column 1: the name 'name' occurs twice in one object.")]
    [InlineData(
        "{\"name\": \"a\"}",
        "line 1, column 1: the registration lacks path and format and sha256 and files and bytes and addedAt and writtenAt.")]
    [InlineData("[]", "line 1, column 1: the registration is a list, but must be an object in braces.")]
    [InlineData("{\"name\": 3}", "line 1, column 10: name is 3, but must be a text in quotes.")]
    [InlineData(
        "{\n\"addedAt\": \"today\"}", "line 2, column 12: addedAt is \"today\", but must be a moment in the form ")]
    [InlineData("{\"nmae\": \"a\"}", "line 1, column 2: the registration has no member \"nmae\". Did you mean \"name\"?")]
    public void A_damaged_registration_is_no_crash(string json, string words)
    {
        Write("state/data/rows.json", json);

        var refused = Should.Throw<DataException>(() => _registry.List());

        refused.Code.ShouldBe("SC3015");
        refused.Message.ShouldContain(words);
        refused.Message.ShouldNotContain("LineNumber");
    }

    [Fact]
    public void A_damaged_list_of_files_is_no_crash()
    {
        Write("rows.csv", "a,b\n1,x\n");
        var added = Add("rows", "rows.csv", null);
        Write("rows.csv", "a,b\n2,x\n");
        Write("state/data/rows.sha256", "short\n");

        Should.Throw<DataException>(() => _registry.Verify(added, null, CancellationToken.None)).Code.ShouldBe("SC3015");
    }

    [Fact]
    public void Data_that_are_gone_are_told()
    {
        Write("rows.csv", "a,b\n1,x\n");
        Add("rows", "rows.csv", null);
        File.Delete(Full("rows.csv"));

        var gone = Should.Throw<DataException>(() => _registry.Resolve(Spec("rows")));

        gone.Code.ShouldBe(DataCodes.CannotOpen);
        gone.Message.ShouldContain("rows.csv' is not there");
    }

    [Fact]
    public void A_process_without_a_registry_says_so()
    {
        var plan = Trials.Plan() with { Data = Spec("rows") };

        var outcome = new WorkExecutor().Run(
            Trials.Assignment(ParameterValues.Empty, plan),
            new WorkContext(new MemoryArtifactStore(), _ => { }, TimeProvider.System, CancellationToken.None));

        outcome.ShouldBeOfType<AttemptFailed>().Failure.Message.ShouldContain("no registry of data");
    }

    private static DataSpec Spec(string name) => new(DataSpec.RegisteredPrefix + name, null, new());

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private string Full(string path) => Path.Combine(_folder, path);

    private void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
        File.WriteAllText(Full(path), text);
    }

    private DataManifest Manifest(string path) => ManifestReading.Read(Full(path), null, CancellationToken.None);

    private RegisteredData Add(string name, string path, DataFormat? format) =>
        _registry.Add(name, Full(path), Manifest(path), format, Now);
}
