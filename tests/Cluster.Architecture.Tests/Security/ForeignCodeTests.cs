using System.Text.RegularExpressions;

namespace SearchCluster.Architecture.Tests.Security;

/// <summary>Code is loaded in one place, from files that a person names when a process is started, and no shell is called
/// anywhere.</summary>
[Trait("Promise", "S05")]
public sealed partial class ForeignCodeTests
{
    private static readonly string[] Loaders = ["Cluster.Models/Workloads/WorkloadAssembly.cs"];

    [Fact]
    public void Only_the_place_for_workloads_of_ones_own_loads_code() =>
        FilesWith(text => Loading().IsMatch(CodeText.Of(text))).ShouldBe(Loaders);

    [Fact]
    public void No_program_is_started_by_a_shell() => FilesWith(Shell().IsMatch).ShouldBeEmpty();

    [Theory]
    [InlineData("var assembly = Assembly.LoadFile(path);")]
    [InlineData("context.LoadFromStream(body)")]
    [InlineData("new BinaryFormatter().Deserialize(stream)")]
    [InlineData("var type = Type.GetType(name);")]
    [InlineData("TypeNameHandling = TypeNameHandling.All")]
    [InlineData("torch.jit.load(file)")]
    public void What_loads_code_is_seen(string code) => Loading().IsMatch(CodeText.Of(code)).ShouldBeTrue();

    [Theory]
    [InlineData("new ProcessStartInfo(\"/bin/sh\")")]
    [InlineData("Process.Start(\"bash\")")]
    [InlineData("start.UseShellExecute = true;")]
    public void A_shell_is_seen(string code) => Shell().IsMatch(code).ShouldBeTrue();

    private static IEnumerable<string> FilesWith(Func<string, bool> isOne) =>
        Directory.EnumerateFiles(Repository.SourceFolder, "*.cs", SearchOption.AllDirectories)
            .Select(path => (Name: Path.GetRelativePath(Repository.SourceFolder, path).Replace('\\', '/'), Path: path))
            .Where(file => !file.Name.Contains("/obj/", StringComparison.Ordinal))
            .Where(file => isOne(File.ReadAllText(file.Path)))
            .Select(file => file.Name)
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\bAssembly\.(Load|Unsafe)|\bLoadFrom(Assembly|Stream|Native)|BinaryFormatter|NetDataContract|\bType\.GetType\("
        + @"|\bCSharpScript|\bDynamicMethod|\bAssemblyBuilder|\bTypeNameHandling|\bjit\.load|\btorch\.load")]
    private static partial Regex Loading();

    [GeneratedRegex(@"UseShellExecute\s*=\s*true|\bcmd\.exe|\bbin/(ba|z)?sh\b|""(bash|zsh|pwsh|powershell)""")]
    private static partial Regex Shell();
}
