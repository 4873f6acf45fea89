//! Two sides in turns, so that whatever the machine does meanwhile happens to both.

/// Runs a block of each side so often; who begins changes every time.
pub(super) async fn alternate<A, B>(blocks: usize, mut one: A, mut other: B) -> anyhow::Result<()>
where
    A: AsyncFnMut() -> anyhow::Result<()>,
    B: AsyncFnMut() -> anyhow::Result<()>,
{
    for block in 0..blocks {
        if block % 2 == 0 {
            one().await?;
            other().await?;
        } else {
            other().await?;
            one().await?;
        }
    }
    Ok(())
}
