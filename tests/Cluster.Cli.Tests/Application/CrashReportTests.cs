using SearchCluster.Cli.Application;

namespace SearchCluster.Cli.Tests.Application;

public sealed class CrashReportTests
{
    [Fact]
    public void An_assembly_of_another_version_is_to_be_built_again()
    {
        CrashReport.Remedy(new MissingMethodException("gone")).ShouldContain("build it again");
        CrashReport.Remedy(new TypeLoadException("gone")).ShouldContain("build it again");
        CrashReport.Remedy(new InvalidOperationException("mine")).ShouldBe("correct it there");
    }
}
