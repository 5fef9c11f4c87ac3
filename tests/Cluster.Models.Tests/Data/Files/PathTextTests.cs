using SearchCluster.Models.Data;
using SearchCluster.Models.Data.Files;
using SearchCluster.Models.Workloads;

namespace SearchCluster.Models.Tests.Data.Files;

/// <summary>Messages keep the end of a path, which tells one file from another and is what a person needs to go on.</summary>
public sealed class PathTextTests : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Directory.CreateTempSubdirectory("searchcluster-path-").FullName, "a-folder-with-a-rather-long-name-in-it")).FullName;

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public void Data_that_are_not_there_are_named_with_their_whole_path()
    {
        var file = Path.Combine(_folder, "rows.csv");

        Should.Throw<DataException>(() => SampleReader.Read(new(file, "y", new SplitSpec()))).Message.ShouldContain(file);
        Should.Throw<DataException>(() => RegularFile.Require(_folder)).Message.ShouldContain(_folder);
    }

    [Fact]
    public void So_are_assemblies_of_workloads_and_files_of_a_folder()
    {
        Should.Throw<WorkloadAssemblyException>(() => WorkloadAssembly.Load(Path.Combine(_folder, "My.dll"))).Message
            .ShouldContain(Path.Combine(_folder, "My.dll"));
        File.WriteAllText(Path.Combine(_folder, "the-first-text-of-two-with-a-rather-long-name.txt"), "abc");
        File.WriteAllText(Path.Combine(_folder, "the-second-text-of-two-with-a-rather-long-name.txt"), "abc");

        Should.Throw<DataException>(() => SampleReader.Read(new(_folder, null, new SplitSpec(), Format: DataFormat.Text))).Message
            .ShouldContain("the-second-text-of-two-with-a-rather-long-name.txt");
    }
}
