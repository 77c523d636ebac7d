export const id=6863;export const ids=[6863];export const modules={66863:(n,o,r)=>{r.r(o),r.d(o,{run:()=>run});var t=r(35921);async function run(n,o){throw new t.eb("mcp is being built")}}};
