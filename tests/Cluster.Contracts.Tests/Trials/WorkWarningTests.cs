namespace SearchCluster.Contracts.Tests.Trials;

public sealed class WorkWarningTests
{
    [Fact]
    public void A_leading_code_is_told_apart_from_the_text()
    {
        WorkWarning.Of("SC3021 Column 'a' is constant.").ShouldBe(new WorkWarning("Column 'a' is constant.", "SC3021"));
        WorkWarning.Of("SC3021: Column 'a' is constant.").ShouldBe(new WorkWarning("Column 'a' is constant.", "SC3021"));
        WorkWarning.Of("SC30211 is no code.").ShouldBe(new WorkWarning("SC30211 is no code."));
    }

    [Fact]
    public void A_text_is_one_line_of_bounded_length()
    {
        WorkWarning.Of("SC3021 " + new string('x', 10_000)).Text.Length.ShouldBe(WorkWarning.MaximumLength);
        WorkWarning.Of("\n").Text.ShouldBe("A warning without a text.");
    }

    [Fact]
    public void What_came_over_the_wire_is_brought_into_the_same_form()
    {
        new WorkWarning("a\nb", "SC3021").Normalised().ShouldBe(new WorkWarning("a b", "SC3021"));
        new WorkWarning(null!, "<script>").Normalised().ShouldBe(new WorkWarning("A warning without a text."));
    }
}
