using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SearchCluster.TestKit.Deployment;

namespace SearchCluster.Cli.Tests.Documentation;

/// <summary>Every C# snippet of the documents compiles, against the assemblies of this build and with the
/// usings that a new project has.</summary>
public sealed class SnippetTests
{
    private const string ImplicitUsings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using "
            + "System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly Lazy<MetadataReference[]> References = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    public static TheoryData<string, int> Snippets => new(
        from file in Directory.EnumerateFiles(RepositoryFiles.PathOf("."), "*.md", SearchOption.AllDirectories)
        let name = Path.GetRelativePath(RepositoryFiles.PathOf("."), file).Replace('\\', '/')
        where !name.StartsWith("artifacts/", StringComparison.Ordinal)
        from index in Enumerable.Range(0, DocumentedCommands.Blocks(name, "csharp").Count())
        orderby name, index
        select (name, index));

    [Theory]
    [MemberData(nameof(Snippets))]
    public void A_snippet_compiles(string file, int index) =>
        Errors(DocumentedCommands.Blocks(file, "csharp").ElementAt(index)).ShouldBeEmpty($"{file}, snippet {index}");

    [Fact]
    public void The_documents_have_snippets() => Snippets.Count.ShouldBeGreaterThanOrEqualTo(4);

    [Fact]
    public void A_snippet_that_does_not_compile_is_found() => Errors("var model = EnsembleModel.Load(1);").ShouldNotBeEmpty();

    /// <summary>Compiles a program, and tells what the compiler says against it.</summary>
    internal static IEnumerable<string> Errors(string code) =>
        Compile(code)
            .GetDiagnostics(TestContext.Current.CancellationToken)
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => diagnostic.ToString());

    /// <summary>Compiles a program into a file.</summary>
    internal static void Emit(string code, string file) => Compile(code)
        .Emit(file, cancellationToken: TestContext.Current.CancellationToken).Diagnostics
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
        .ShouldBeEmpty();

    private static CSharpCompilation Compile(string code)
    {
        var tree = CSharpSyntaxTree.ParseText(code, cancellationToken: TestContext.Current.CancellationToken);
        var kind = tree.GetRoot(TestContext.Current.CancellationToken).ChildNodes().Any(node => node.IsKind(SyntaxKind.GlobalStatement))
            ? OutputKind.ConsoleApplication
            : OutputKind.DynamicallyLinkedLibrary;
        return CSharpCompilation.Create(
            "Snippet",
            [tree, CSharpSyntaxTree.ParseText(ImplicitUsings, cancellationToken: TestContext.Current.CancellationToken)],
            References.Value,
            new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable));
    }
}
