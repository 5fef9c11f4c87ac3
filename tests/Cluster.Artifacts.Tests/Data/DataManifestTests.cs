using SearchCluster.Artifacts.Data;

namespace SearchCluster.Artifacts.Tests.Data;

public sealed class DataManifestTests
{
    [Theory]
    [InlineData("../token")]
    [InlineData("a/../../token")]
    [InlineData("a/./b")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData("")]
    [InlineData("C:/x")]
    [InlineData("a\\..\\b")]
    [InlineData("x:stream")]
    [InlineData(".hidden")]
    [InlineData("a/.ssh/key")]
    [InlineData("name.")]
    [InlineData("name ")]
    [InlineData("a\nb")]
    [InlineData("what?")]
    public void A_path_that_leads_elsewhere_is_found(string path) => Of("a.csv", path).UnsafePath().ShouldBe(path);

    [Theory]
    [InlineData("train.csv", "TRAIN.csv")]
    [InlineData("cat/1.png", "cat")]
    [InlineData("Cat", "cat/1.png")]
    public void Names_that_no_folder_can_have_together_are_found(params string[] paths) => Of(paths).UnsafePath().ShouldNotBeNull();

    [Fact]
    public void Names_of_people_are_safe() => Of("Größe 1.csv", "cat/Bild (2).png", "cat/x-y_z.png", "猫/1.png").UnsafePath().ShouldBeNull();

    private static DataManifest Of(params string[] paths) =>
        new(paths.Select(path => new DataFile(path, 1, new string('a', 64))).ToValueArray());
}
