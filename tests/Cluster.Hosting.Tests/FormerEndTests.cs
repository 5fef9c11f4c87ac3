namespace SearchCluster.Hosting.Tests;

public sealed class FormerEndTests
{
    [Fact]
    public void What_is_told_is_what_was_written()
    {
        var former = FormerEnd.Parse(FormerEnd.Write("ended with exit code 134 after 2 s", ["one", "two"]))!;

        (former.How, former.LastLines).ShouldBe(("ended with exit code 134 after 2 s", "one\ntwo"));
        FormerEnd.Parse(FormerEnd.Write("ended", []))!.LastLines.ShouldBeNull();
        FormerEnd.Parse(null).ShouldBeNull();
    }

    [Fact]
    public void Of_too_many_lines_the_last_are_told_and_no_variable_holds_a_zero_character()
    {
        var text = FormerEnd.Write("ended", [.. Enumerable.Repeat(new string('x', 1_000), 50), "the \0 last"]);

        text.Length.ShouldBeLessThan(9_000);
        text.ShouldNotContain('\0');
        text.ShouldEndWith("last");
    }
}
